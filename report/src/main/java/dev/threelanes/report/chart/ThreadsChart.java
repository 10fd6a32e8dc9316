package dev.threelanes.report.chart;

import java.util.List;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.results.ExperimentResult;

/**
 * Platform threads over time: what a lane pays for a request that waits.
 */
public final class ThreadsChart {

	private ThreadsChart() {
	}

	/**
	 * Draws the chart.
	 * @param experiment the experiment
	 * @param cells its cells
	 * @return the chart
	 */
	public static Chart of(ExperimentResult experiment, List<LoadedCell> cells) {
		TimeChart chart = new TimeChart(Metric.THREADS_LIVE, "threads", (threads) -> threads);
		return new Chart("Platform threads over time",
				"Live threads of the operating system in the lane's process. Virtual threads are not among them, their carriers are.",
				chart.option(experiment, cells), chart.table(experiment, cells));
	}

}
