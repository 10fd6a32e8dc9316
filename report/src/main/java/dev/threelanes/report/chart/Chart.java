package dev.threelanes.report.chart;

import dev.threelanes.report.cell.Json;
import dev.threelanes.report.view.Table;

/**
 * A chart.
 *
 * @param title what it shows
 * @param reading how it is read, in a sentence
 * @param option the chart for the library
 * @param table the same data as a table
 */
public record Chart(String title, String reading, ChartOption option, Table table) {

	/**
	 * The option as the library wants it.
	 * @return JSON
	 */
	public String json() {
		return Json.compact(this.option);
	}

	/**
	 * Whether there is anything to draw.
	 * @return {@code true} if not one figure of it was measured
	 */
	public boolean empty() {
		return this.option.series().isEmpty() || this.table.rows().isEmpty();
	}

}
