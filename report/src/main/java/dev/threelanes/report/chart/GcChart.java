package dev.threelanes.report.chart;

import java.util.List;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.chart.TimeChart.Curve;
import dev.threelanes.report.results.ExperimentResult;

/**
 * For how long the collector stops a lane.
 */
public final class GcChart {

	private GcChart() {
	}

	/**
	 * Draws the chart.
	 * @param experiment the experiment
	 * @param cells its cells
	 * @return the chart
	 */
	public static Chart of(ExperimentResult experiment, List<LoadedCell> cells) {
		TimeChart chart = new TimeChart("Time in collection pauses", "ms/s",
				List.of(new Curve(Metric.GC_PAUSE_MILLIS, "", (millis) -> millis, false)));
		return new Chart("Garbage collection over time",
				"For how many milliseconds of each second the collector stopped the lane. A request that meets a pause waits it out.",
				chart.option(experiment, cells), chart.table(experiment, cells));
	}

}
