package dev.threelanes.report.chart;

import java.util.List;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.results.ExperimentResult;

/**
 * Resident memory over time.
 */
public final class MemoryChart {

	private static final double MEBIBYTE = 1024.0 * 1024.0;

	private MemoryChart() {
	}

	/**
	 * Draws the chart.
	 * @param experiment the experiment
	 * @param cells its cells
	 * @return the chart
	 */
	public static Chart of(ExperimentResult experiment, List<LoadedCell> cells) {
		TimeChart chart = new TimeChart(Metric.LANE_RSS_BYTES, "MiB", (bytes) -> bytes / MEBIBYTE);
		return new Chart("Resident memory over time",
				"What the lane's process occupies: heap, stacks, all else. Heap once touched is seldom given back.",
				chart.option(experiment, cells), chart.table(experiment, cells));
	}

}
