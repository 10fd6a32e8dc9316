/**
 * The search for the capacity of a lane under an objective.
 */
@NullMarked
package dev.threelanes.report.capacity;

import org.jspecify.annotations.NullMarked;
