/**
 * Checks of the source tree itself.
 */
@NullMarked
package dev.threelanes.contract;

import org.jspecify.annotations.NullMarked;
