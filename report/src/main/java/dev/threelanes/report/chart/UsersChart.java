package dev.threelanes.report.chart;

import java.util.ArrayList;
import java.util.List;

import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;

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
		List<ChartOption.Line> lines = new ArrayList<>();
		for (LaneResult lane : this.steps.lanes()) {
			lines.add(ChartOption.Line.points(lane.title(), this.steps.mark(lane),
					Steps.points(lane, StepResult::goodputRps)));
		}
		return new ChartOption(ChartOption.Axis.horizontal("users"), ChartOption.Axis.vertical("correct answers/s"),
				lines, lines.stream().map(ChartOption.Line::name).toList());
	}

	private Table table() {
		List<String> columns = new ArrayList<>(List.of("Users"));
		this.steps.lanes().forEach((lane) -> columns.add(lane.title() + " (1/s)"));
		List<Row> rows = new ArrayList<>();
		for (double users : this.steps.loads()) {
			List<String> cells = new ArrayList<>();
			for (LaneResult lane : this.steps.lanes()) {
				StepResult step = Steps.at(lane, users);
				boolean valid = step == null || step.valid();
				cells.add(valid ? Format.rate((step != null) ? step.goodputRps() : null) : Format.INVALID);
			}
			rows.add(Row.of(Format.number(users, 0), cells));
		}
		return new Table("Correct answers a second by users", columns, true, rows);
	}

}
