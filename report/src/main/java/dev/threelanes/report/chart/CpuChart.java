package dev.threelanes.report.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.StepRecord;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.Figures;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import org.jspecify.annotations.Nullable;

/**
 * Who used the processors in each step: the lane, the downstream or the generator.
 */
public final class CpuChart {

	private static final List<Part> PARTS = List.of(new Part(Metric.LANE_CPU_MILLIS, "lane", 1),
			new Part(Metric.DOWNSTREAM_CPU_MILLIS, "downstream", 0.5),
			new Part(Metric.GENERATOR_CPU_MILLIS, "generator", 0.2));

	private final Steps steps;

	private final List<LoadedCell> cells;

	private CpuChart(Steps steps, List<LoadedCell> cells) {
		this.steps = steps;
		this.cells = cells;
	}

	/**
	 * Draws the chart.
	 * @param experiment the experiment
	 * @param cells its cells
	 * @return the chart
	 */
	public static Chart of(ExperimentResult experiment, List<LoadedCell> cells) {
		CpuChart chart = new CpuChart(new Steps(experiment), cells);
		return new Chart("Who used the processors",
				"A bar a lane in each step: at its foot the lane itself, paler on top of it the downstream, palest the load "
						+ "generator. Bars that reach the line leave nothing to spare.",
				chart.option(), chart.table());
	}

	private ChartOption option() {
		List<String> names = this.steps.names();
		List<ChartOption.Series> series = new ArrayList<>();
		List<String> legend = new ArrayList<>();
		for (LaneResult lane : this.steps.lanes()) {
			for (Part part : PARTS) {
				List<@Nullable Double> heights = new ArrayList<>();
				names.forEach((name) -> heights.add(processors(lane, name, part.metric())));
				if (heights.stream().anyMatch((height) -> height != null)) {
					String name = "%s: %s".formatted(lane.title(), part.name());
					series.add(ChartOption.Bar.part(name, this.steps.mark(lane), part.opacity(), heights));
					if (part.opacity() == 1) {
						legend.add(name);
					}
				}
			}
		}
		if (!series.isEmpty()) {
			List<List<@Nullable Double>> limit = new ArrayList<>();
			double available = this.cells.stream().mapToInt((cell) -> cell.cell().processors()).max().orElse(0);
			for (int place = 0; place < names.size(); place++) {
				limit.add(Steps.point(place, available));
			}
			series.add(ChartOption.Line.reference("all processors", "dashed", limit));
			legend.add("all processors");
		}
		return new ChartOption(ChartOption.Axis.names(names), ChartOption.Axis.vertical("processors in use"), series,
				legend);
	}

	private Table table() {
		Map<String, Map<String, @Nullable Double>> columns = new LinkedHashMap<>();
		for (LaneResult lane : this.steps.lanes()) {
			for (Part part : PARTS) {
				Map<String, @Nullable Double> column = new LinkedHashMap<>();
				this.steps.names().forEach((name) -> column.put(name, processors(lane, name, part.metric())));
				if (column.values().stream().anyMatch((value) -> value != null)) {
					columns.put("%s: %s".formatted(lane.title(), part.name()), column);
				}
			}
		}
		List<String> heads = new ArrayList<>(List.of("Step"));
		heads.addAll(columns.keySet());
		List<Row> rows = columns.isEmpty() ? List.of()
				: this.steps.names()
					.stream()
					.map((name) -> Row.of(name,
							columns.values().stream().map((column) -> Format.number(column.get(name), 2)).toList()))
					.toList();
		return new Table("Processors in use by step", heads, true, rows);
	}

	// The mean over forks; absent unless each of them knows it.
	private @Nullable Double processors(LaneResult lane, String name, Metric metric) {
		if (lane.steps().stream().noneMatch((step) -> step.name().equals(name) && step.valid())) {
			return null;
		}
		double sum = 0;
		int forks = 0;
		for (LoadedCell cell : this.cells) {
			if (cell.cell().lane().equals(lane.lane())) {
				OptionalDouble used = used(cell, name, metric);
				if (used.isEmpty()) {
					return null;
				}
				sum += used.getAsDouble();
				forks++;
			}
		}
		return (forks > 0) ? Figures.round(sum / forks) : null;
	}

	private static OptionalDouble used(LoadedCell cell, String name, Metric metric) {
		for (LoadedStep step : cell.steps()) {
			StepRecord record = step.record();
			long from = record.startedAtEpochMillis();
			long to = record.lastAnswerEpochMillis();
			if (step.step().name().equals(name) && to > from) {
				OptionalDouble grown = cell.samples().series(metric).growth(from, to);
				return grown.isPresent() ? OptionalDouble.of(grown.getAsDouble() / (to - from)) : grown;
			}
		}
		return OptionalDouble.empty();
	}

	/**
	 * A process whose CPU time is a part of the bar.
	 *
	 * @param metric its CPU time
	 * @param name its name
	 * @param opacity how pale it is drawn, 0 to 1
	 */
	private record Part(Metric metric, String name, double opacity) {
	}

}
