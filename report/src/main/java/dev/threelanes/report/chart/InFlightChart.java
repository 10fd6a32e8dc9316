package dev.threelanes.report.chart;

import java.util.List;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.chart.TimeChart.Curve;
import dev.threelanes.report.results.ExperimentResult;

/**
 * Requests in flight over time, beside the request threads that hold them where there is
 * a pool of them.
 */
public final class InFlightChart {

	private InFlightChart() {
	}

	/**
	 * Draws the chart.
	 * @param experiment the experiment
	 * @param cells its cells
	 * @return the chart
	 */
	public static Chart of(ExperimentResult experiment, List<LoadedCell> cells) {
		TimeChart chart = new TimeChart("Requests in flight and busy Tomcat threads over time", "requests",
				List.of(new Curve(Metric.IN_FLIGHT, "", (requests) -> requests, false),
						new Curve(Metric.TOMCAT_BUSY, ", busy Tomcat threads", (threads) -> threads, true)));
		return new Chart("Requests in flight over time",
				"A lane that stops to climb has no place for more. Thin: the threads of Tomcat's pool that hold a request. "
						+ "What waits for a thread is in no metric of the lane.",
				chart.option(experiment, cells), chart.table(experiment, cells));
	}

}
