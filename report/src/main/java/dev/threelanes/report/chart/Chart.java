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

}
