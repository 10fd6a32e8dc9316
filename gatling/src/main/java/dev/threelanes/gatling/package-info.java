/**
 * The project's own record of a load: every request with its start, end and outcome, in
 * microseconds and free of Gatling's types.
 */
@NullMarked
package dev.threelanes.gatling;

import org.jspecify.annotations.NullMarked;
