package dev.threelanes.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;
import org.jspecify.annotations.Nullable;

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
				"Beside each bar, paler, stands what was predicted. Bars of one height take all requests at once; bars that climb in stairs take them in waves, as many as there are places.",
				chart.option(), chart.table());
	}

	private ChartOption option() {
		List<ChartOption.Bar> bars = new ArrayList<>();
		for (LaneResult lane : this.steps.lanes()) {
			LaneMark mark = this.steps.mark(lane);
			bars.add(ChartOption.Bar.part(lane.title(), mark, 1, heights(lane, StepResult::makespanMs)));
			bars.add(ChartOption.Bar.prediction(lane.title() + " predicted", mark,
					heights(lane, StepResult::predictedMakespanMs)));
		}
		List<String> users = this.steps.loads().stream().map((load) -> Format.number(load, 0) + " at once").toList();
		return new ChartOption(ChartOption.Axis.names(users), ChartOption.Axis.vertical("time to the last answer, ms"),
				bars, this.steps.lanes().stream().map(LaneResult::title).toList());
	}

	private List<@Nullable Double> heights(LaneResult lane, Function<StepResult, @Nullable Double> figure) {
		List<@Nullable Double> heights = new ArrayList<>();
		for (double load : this.steps.loads()) {
			StepResult step = Steps.at(lane, load);
			heights.add((step != null) ? figure.apply(step) : null);
		}
		return heights;
	}

	private Table table() {
		return this.steps.byUsers("Time to the last answer by requests at once", "Requests at once",
				List.of(Steps.Column.measured(" (ms)", (step) -> Format.millis(step.makespanMs())),
						new Steps.Column(" predicted (ms)", (step) -> Format.millis(step.predictedMakespanMs()))));
	}

}
