package dev.threelanes.report.chart;

import java.util.ArrayList;
import java.util.List;

import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
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
		List<ChartOption.Line> lines = new ArrayList<>();
		for (LaneResult lane : this.steps.lanes()) {
			lines.add(ChartOption.Line.points(lane.title(), this.steps.mark(lane),
					Steps.points(lane, WakeUpChart::allWoken)));
		}
		return new ChartOption(ChartOption.Axis.horizontal("callers who wait"),
				ChartOption.Axis.vertical("time to the last answer, ms"), lines,
				lines.stream().map(ChartOption.Line::name).toList());
	}

	private Table table() {
		List<String> columns = new ArrayList<>(List.of("Waiting"));
		this.steps.lanes().forEach((lane) -> columns.add(lane.title() + " (ms)"));
		List<Row> rows = new ArrayList<>();
		for (double users : this.steps.loads()) {
			List<String> cells = new ArrayList<>();
			for (LaneResult lane : this.steps.lanes()) {
				StepResult step = Steps.at(lane, users);
				boolean valid = step == null || step.valid();
				cells.add(valid ? Format.millis((step != null) ? allWoken(step) : null) : Format.INVALID);
			}
			rows.add(Row.of(Format.number(users, 0), cells));
		}
		return new Table("Time to wake everyone by callers who wait", columns, true, rows);
	}

	private static @Nullable Double allWoken(StepResult step) {
		return (step.wakeUps() != null) ? step.wakeUps().thenMs() : null;
	}

}
