package dev.threelanes.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.results.StepResult.LatencyMs;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import org.jspecify.annotations.Nullable;

/**
 * The latency of each kind of request where several are offered at the same time: what
 * one does to the others.
 */
public final class BesideChart {

	private final Steps steps;

	private BesideChart(Steps steps) {
		this.steps = steps;
	}

	/**
	 * Draws the chart.
	 * @param experiment the experiment
	 * @return the chart
	 */
	public static Chart of(ExperimentResult experiment) {
		BesideChart chart = new BesideChart(new Steps(experiment));
		return new Chart("Latency of each request beside the others",
				"Filled: p90, hollow: median. A lane far above the others lets bystanders wait. The scale is logarithmic.",
				chart.option(), chart.table());
	}

	private ChartOption option() {
		List<ChartOption.Line> lines = new ArrayList<>();
		for (LaneResult lane : this.steps.lanes()) {
			lines.add(ChartOption.Line.points(lane.title() + " p90", this.steps.mark(lane),
					points(lane, BesideChart::p90)));
			lines.add(ChartOption.Line.minorPoints(lane.title() + " p50", this.steps.mark(lane),
					points(lane, BesideChart::p50)));
		}
		return new ChartOption(ChartOption.Axis.names(this.steps.names()), ChartOption.Axis.logarithmic("latency, ms"),
				lines, lines.stream().map(ChartOption.Line::name).filter((name) -> !name.endsWith(" p50")).toList());
	}

	private List<List<@Nullable Double>> points(LaneResult lane, Function<StepResult, @Nullable Double> figure) {
		List<String> names = this.steps.names();
		List<List<@Nullable Double>> points = new ArrayList<>();
		for (StepResult step : lane.steps()) {
			points.add(Steps.point(names.indexOf(step.name()), figure.apply(step)));
		}
		return points;
	}

	private Table table() {
		List<String> columns = new ArrayList<>(List.of("Request"));
		for (LaneResult lane : this.steps.lanes()) {
			columns.add(lane.title() + " p50 (ms)");
			columns.add(lane.title() + " p90 (ms)");
		}
		List<Row> rows = new ArrayList<>();
		for (String name : this.steps.names()) {
			List<String> cells = new ArrayList<>();
			for (LaneResult lane : this.steps.lanes()) {
				StepResult step = lane.steps()
					.stream()
					.filter((candidate) -> candidate.name().equals(name))
					.findFirst()
					.orElse(null);
				cells.add(cell(step, "p50", BesideChart::p50));
				cells.add(cell(step, "p90", BesideChart::p90));
			}
			rows.add(Row.of(name, cells));
		}
		return new Table("Latency of correct answers by request", columns, true, rows);
	}

	private static String cell(@Nullable StepResult step, String percentile,
			Function<StepResult, @Nullable Double> figure) {
		if (step == null) {
			return Format.NONE;
		}
		return step.valid() ? (step.thin(percentile) ? "≈ " : "") + Format.millis(figure.apply(step)) : Format.INVALID;
	}

	private static @Nullable Double p50(StepResult step) {
		LatencyMs latency = step.latencyMs();
		return (latency != null) ? latency.p50() : null;
	}

	private static @Nullable Double p90(StepResult step) {
		LatencyMs latency = step.latencyMs();
		return (latency != null) ? latency.p90() : null;
	}

}
