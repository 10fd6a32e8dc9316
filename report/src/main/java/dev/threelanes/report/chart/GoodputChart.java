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
import org.jspecify.annotations.Nullable;

/**
 * Goodput against offered load, beside what was asked for and what was predicted.
 */
public final class GoodputChart {

	private final Steps steps;

	private GoodputChart(Steps steps) {
		this.steps = steps;
	}

	/**
	 * Draws the chart.
	 * @param experiment the experiment
	 * @return the chart
	 */
	public static Chart of(ExperimentResult experiment) {
		GoodputChart chart = new GoodputChart(new Steps(experiment));
		return new Chart("Goodput against offered load",
				"On the diagonal a lane answers all that it is asked. A lane that bends away from it has reached its cap.",
				chart.option(), chart.table());
	}

	private ChartOption option() {
		List<ChartOption.Line> lines = new ArrayList<>();
		List<List<@Nullable Double>> diagonal = new ArrayList<>();
		diagonal.add(Steps.point(0, 0.0));
		this.steps.loads().forEach((load) -> diagonal.add(Steps.point(load, load)));
		lines.add(ChartOption.Line.reference("offered", "solid", diagonal));
		for (LaneResult lane : this.steps.lanes()) {
			LaneMark mark = this.steps.mark(lane);
			if (bends(lane)) {
				lines.add(ChartOption.Line.prediction(lane.title() + " predicted", mark,
						Steps.points(lane, StepResult::predictedRps)));
			}
			lines.add(ChartOption.Line.points(lane.title(), mark, Steps.points(lane, StepResult::goodputRps)));
		}
		return new ChartOption(ChartOption.Axis.horizontal("offered load, requests/s"),
				ChartOption.Axis.vertical("correct answers/s"), lines,
				lines.stream().map(ChartOption.Line::name).toList());
	}

	// Whether something else than the diagonal is predicted.
	private static boolean bends(LaneResult lane) {
		return lane.steps().stream().anyMatch((step) -> {
			Double predicted = step.predictedRps();
			return predicted != null && predicted < 0.99 * step.load();
		});
	}

	private Table table() {
		List<String> columns = new ArrayList<>(List.of("Offered load (1/s)"));
		for (LaneResult lane : this.steps.lanes()) {
			columns.add(lane.title() + " (1/s)");
			columns.add(lane.title() + " predicted (1/s)");
		}
		List<Row> rows = new ArrayList<>();
		for (double load : this.steps.loads()) {
			List<String> cells = new ArrayList<>();
			for (LaneResult lane : this.steps.lanes()) {
				StepResult step = Steps.at(lane, load);
				boolean valid = step == null || step.valid();
				cells.add(valid ? Format.rate((step != null) ? step.goodputRps() : null) : Format.INVALID);
				cells.add(Format.rate((step != null) ? step.predictedRps() : null));
			}
			rows.add(Row.of(Format.rate(load), cells));
		}
		return new Table("Correct answers a second by offered load", columns, true, rows);
	}

}
