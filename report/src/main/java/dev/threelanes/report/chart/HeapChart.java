package dev.threelanes.report.chart;

import java.util.List;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.results.ExperimentResult;

/**
 * Used heap over time: garbage included, so that its saw teeth show how fast a lane
 * allocates.
 */
public final class HeapChart {

	private static final double MEBIBYTE = 1024.0 * 1024.0;

	private HeapChart() {
	}

	/**
	 * Draws the chart.
	 * @param experiment the experiment
	 * @param cells its cells
	 * @return the chart
	 */
	public static Chart of(ExperimentResult experiment, List<LoadedCell> cells) {
		TimeChart chart = new TimeChart(Metric.HEAP_USED_BYTES, "MiB", (bytes) -> bytes / MEBIBYTE);
		return new Chart("Used heap over time",
				"Garbage included: each tooth is a collection, and the more of them the more a request allocates.",
				chart.option(experiment, cells), chart.table(experiment, cells));
	}

}
