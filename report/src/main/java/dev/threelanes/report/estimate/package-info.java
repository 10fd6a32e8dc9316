/**
 * From records to figures: pure functions, each with the reason for its definition.
 */
@NullMarked
package dev.threelanes.report.estimate;

import org.jspecify.annotations.NullMarked;
