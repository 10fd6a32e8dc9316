/**
 * Predictions against measurements.
 */
@NullMarked
package dev.threelanes.report.verdict;

import org.jspecify.annotations.NullMarked;
