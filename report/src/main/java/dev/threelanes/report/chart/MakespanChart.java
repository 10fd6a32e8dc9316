package dev.threelanes.report.chart;

import java.util.ArrayList;
import java.util.List;

import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;

/**
 * The time until the last of n requests is answered, beside what was predicted.
 */
public final class MakespanChart {

	private final Steps steps;

	private MakespanChart(Steps steps) {
		this.steps = steps;
	}

	/**
	 * Draws the chart.
	 * @param experiment the experiment
	 * @return the chart
	 */
	public static Chart of(ExperimentResult experiment) {
		MakespanChart chart = new MakespanChart(new Steps(experiment));
		return new Chart("Time to the last answer by requests at once",
				"A flat line takes all requests at once. A line that climbs in stairs takes them in waves, as many as it has places.",
				chart.option(), chart.table());
	}

	private ChartOption option() {
		List<ChartOption.Line> lines = new ArrayList<>();
		for (LaneResult lane : this.steps.lanes()) {
			LaneMark mark = this.steps.mark(lane);
			lines.add(ChartOption.Line.prediction(lane.title() + " predicted", mark,
					Steps.points(lane, StepResult::predictedMakespanMs)));
			lines.add(ChartOption.Line.points(lane.title(), mark, Steps.points(lane, StepResult::makespanMs)));
		}
		return new ChartOption(ChartOption.Axis.horizontal("requests at once"),
				ChartOption.Axis.vertical("time to the last answer, ms"), lines,
				this.steps.lanes().stream().map(LaneResult::title).toList());
	}

	private Table table() {
		List<String> columns = new ArrayList<>(List.of("Requests at once"));
		for (LaneResult lane : this.steps.lanes()) {
			columns.add(lane.title() + " (ms)");
			columns.add(lane.title() + " predicted (ms)");
		}
		List<Row> rows = new ArrayList<>();
		for (double users : this.steps.loads()) {
			List<String> cells = new ArrayList<>();
			for (LaneResult lane : this.steps.lanes()) {
				StepResult step = Steps.at(lane, users);
				boolean valid = step == null || step.valid();
				cells.add(valid ? Format.millis((step != null) ? step.makespanMs() : null) : Format.INVALID);
				cells.add(Format.millis((step != null) ? step.predictedMakespanMs() : null));
			}
			rows.add(Row.of(Format.number(users, 0), cells));
		}
		return new Table("Time to the last answer by requests at once", columns, true, rows);
	}

}
