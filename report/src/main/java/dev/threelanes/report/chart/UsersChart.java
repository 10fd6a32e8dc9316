package dev.threelanes.report.chart;

import java.util.List;

import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.Table;

/**
 * Goodput against the number of users who ask again when answered.
 */
public final class UsersChart {

	private final Steps steps;

	private UsersChart(Steps steps) {
		this.steps = steps;
	}

	/**
	 * Draws the chart.
	 * @param experiment the experiment
	 * @return the chart
	 */
	public static Chart of(ExperimentResult experiment) {
		UsersChart chart = new UsersChart(new Steps(experiment));
		return new Chart("Goodput by users who ask again when answered",
				"A line stops to climb when what it needs is used up: processors, where requests compute.",
				chart.option(), chart.table());
	}

	private ChartOption option() {
		List<ChartOption.Line> lines = this.steps.lines(StepResult::goodputRps);
		return new ChartOption(ChartOption.Axis.horizontal("users"), ChartOption.Axis.vertical("correct answers/s"),
				lines, lines.stream().map(ChartOption.Line::name).toList());
	}

	private Table table() {
		return this.steps.byUsers("Correct answers a second by users", "Users",
				List.of(Steps.Column.measured(" (1/s)", (step) -> Format.rate(step.goodputRps()))));
	}

}
