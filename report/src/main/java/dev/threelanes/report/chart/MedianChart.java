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
 * The median latency of each step, where steps differ in what is asked for.
 */
public final class MedianChart {

	private final Steps steps;

	private MedianChart(Steps steps) {
		this.steps = steps;
	}

	/**
	 * Draws the chart.
	 * @param experiment the experiment
	 * @return the chart
	 */
	public static Chart of(ExperimentResult experiment) {
		MedianChart chart = new MedianChart(new Steps(experiment));
		return new Chart("Median latency by request",
				"Each point is the median time to the answer. Lanes whose points lie on each other took the same time.",
				chart.option(), chart.table());
	}

	private ChartOption option() {
		List<String> names = this.steps.names();
		List<ChartOption.Line> lines = new ArrayList<>();
		for (LaneResult lane : this.steps.lanes()) {
			List<List<@Nullable Double>> points = new ArrayList<>();
			for (StepResult step : lane.steps()) {
				points.add(Steps.point(names.indexOf(step.name()), median(step)));
			}
			lines.add(ChartOption.Line.points(lane.title(), this.steps.mark(lane), points));
		}
		return new ChartOption(ChartOption.Axis.names(names), ChartOption.Axis.vertical("median latency, ms"), lines,
				lines.stream().map(ChartOption.Line::name).toList());
	}

	private Table table() {
		List<String> columns = new ArrayList<>(List.of("Request"));
		this.steps.lanes().forEach((lane) -> columns.add(lane.title() + " (ms)"));
		List<Row> rows = new ArrayList<>();
		for (String name : this.steps.names()) {
			List<String> cells = new ArrayList<>();
			for (LaneResult lane : this.steps.lanes()) {
				cells.add(lane.steps()
					.stream()
					.filter((step) -> step.name().equals(name))
					.findFirst()
					.map((step) -> step.valid() ? Format.millis(median(step)) : Format.INVALID)
					.orElse(Format.NONE));
			}
			rows.add(Row.of(name, cells));
		}
		return new Table("Median latency of correct answers by request", columns, true, rows);
	}

	private static @Nullable Double median(StepResult step) {
		return (step.latencyMs() != null) ? step.latencyMs().p50() : null;
	}

}
