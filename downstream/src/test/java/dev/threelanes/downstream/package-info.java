/**
 * Tests of the slow service.
 */
@NullMarked
package dev.threelanes.downstream;

import org.jspecify.annotations.NullMarked;
