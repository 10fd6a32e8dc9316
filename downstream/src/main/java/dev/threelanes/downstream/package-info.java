/**
 * The one slow service that every lane calls: it waits for as long as the address says
 * and holds no thread meanwhile, so that what is measured is the lane and not this.
 */
@NullMarked
package dev.threelanes.downstream;

import org.jspecify.annotations.NullMarked;
