/**
 * Runs whose truth is known, because a simulated queue made them.
 */
@NullMarked
package dev.threelanes.report.simulation;

import org.jspecify.annotations.NullMarked;
