/**
 * The simulations, and the tests of the record.
 */
@NullMarked
package dev.threelanes.gatling;

import org.jspecify.annotations.NullMarked;
