package dev.threelanes.report.chart;

import java.util.List;

import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.Table;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes until the last of those who waited is answered, by how many waited.
 */
public final class WakeUpChart {

	private final Steps steps;

	private WakeUpChart(Steps steps) {
		this.steps = steps;
	}

	/**
	 * Draws the chart.
	 * @param experiment the experiment
	 * @return the chart
	 */
	public static Chart of(ExperimentResult experiment) {
		WakeUpChart chart = new WakeUpChart(new Steps(experiment));
		return new Chart("Time to wake everyone by callers who wait",
				"From the sending of the wake-up to the last answer. A line that climbs evenly wakes one after the other.",
				chart.option(), chart.table());
	}

	private ChartOption option() {
		List<ChartOption.Line> lines = this.steps.lines(WakeUpChart::allWoken);
		return new ChartOption(ChartOption.Axis.horizontal("callers who wait"),
				ChartOption.Axis.vertical("time to the last answer, ms"), lines,
				lines.stream().map(ChartOption.Line::name).toList());
	}

	private Table table() {
		return this.steps.byUsers("Time to wake everyone by callers who wait", "Waiting",
				List.of(Steps.Column.measured(" (ms)", (step) -> Format.millis(allWoken(step)))));
	}

	private static @Nullable Double allWoken(StepResult step) {
		return (step.wakeUps() != null) ? step.wakeUps().thenMs() : null;
	}

}
