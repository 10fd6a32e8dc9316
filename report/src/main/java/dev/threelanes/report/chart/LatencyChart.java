package dev.threelanes.report.chart;

import java.util.ArrayList;
import java.util.List;

import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.results.StepResult.LatencyMs;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import org.jspecify.annotations.Nullable;

/**
 * Latency against offered load: where a lane's queue begins.
 */
public final class LatencyChart {

	private final Steps steps;

	private LatencyChart(Steps steps) {
		this.steps = steps;
	}

	/**
	 * Draws the chart.
	 * @param experiment the experiment
	 * @return the chart
	 */
	public static Chart of(ExperimentResult experiment) {
		LatencyChart chart = new LatencyChart(new Steps(experiment));
		return new Chart("Latency against offered load",
				"Filled: p99, hollow: median. A line that leaves the others upwards has begun to queue. The scale is logarithmic.",
				chart.option(), chart.table());
	}

	private ChartOption option() {
		List<ChartOption.Line> lines = new ArrayList<>();
		for (LaneResult lane : this.steps.lanes()) {
			LaneMark mark = this.steps.mark(lane);
			lines.add(ChartOption.Line.points(lane.title() + " p99", mark, Steps.points(lane, LatencyChart::p99)));
			lines.add(ChartOption.Line.minorPoints(lane.title() + " p50", mark, Steps.points(lane, LatencyChart::p50)));
		}
		if (this.steps.loads().size() > 1) {
			double limit = this.steps.experiment().p99LimitMs();
			lines.add(ChartOption.Line.reference("limit of p99", "dashed",
					List.of(Steps.point(this.steps.loads().getFirst(), limit),
							Steps.point(this.steps.loads().getLast(), limit))));
		}
		return new ChartOption(ChartOption.Axis.horizontal("offered load, requests/s"),
				ChartOption.Axis.logarithmic("latency, ms"), lines,
				lines.stream().map(ChartOption.Line::name).filter((name) -> !name.endsWith(" p50")).toList());
	}

	private Table table() {
		List<String> columns = new ArrayList<>(List.of("Offered load (1/s)"));
		for (LaneResult lane : this.steps.lanes()) {
			columns.add(lane.title() + " p50 (ms)");
			columns.add(lane.title() + " p99 (ms)");
		}
		List<Row> rows = new ArrayList<>();
		for (double load : this.steps.loads()) {
			List<String> cells = new ArrayList<>();
			for (LaneResult lane : this.steps.lanes()) {
				StepResult step = Steps.at(lane, load);
				cells.add(cell(step, "p50", (step != null) ? p50(step) : null));
				cells.add(cell(step, "p99", (step != null) ? p99(step) : null));
			}
			rows.add(Row.of(Format.rate(load), cells));
		}
		return new Table("Latency of correct answers by offered load", columns, true, rows);
	}

	private static String cell(@Nullable StepResult step, String percentile, @Nullable Double value) {
		if (step != null && !step.valid()) {
			return Format.INVALID;
		}
		return ((step != null && step.thin(percentile)) ? "≈ " : "") + Format.millis(value);
	}

	private static @Nullable Double p50(StepResult step) {
		LatencyMs latency = step.latencyMs();
		return (latency != null) ? latency.p50() : null;
	}

	private static @Nullable Double p99(StepResult step) {
		LatencyMs latency = step.latencyMs();
		return (latency != null) ? latency.p99() : null;
	}

}
