/**
 * The charts, one class each: results in, an option of Apache ECharts and a table of the
 * same data out.
 */
@NullMarked
package dev.threelanes.report.chart;

import org.jspecify.annotations.NullMarked;
