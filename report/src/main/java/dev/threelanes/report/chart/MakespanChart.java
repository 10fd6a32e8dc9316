package dev.threelanes.report.chart;

import java.util.ArrayList;
import java.util.List;

import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;

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
		return this.steps.byUsers("Time to the last answer by requests at once", "Requests at once",
				List.of(Steps.Column.measured(" (ms)", (step) -> Format.millis(step.makespanMs())),
						new Steps.Column(" predicted (ms)", (step) -> Format.millis(step.predictedMakespanMs()))));
	}

}
