package dev.threelanes.report.chart;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.Figures;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import org.jspecify.annotations.Nullable;

/**
 * Sampled metrics over time, of every lane's first fork; a lane without a valid step is
 * left out.
 *
 * @param title what is shown, as the caption of the table
 * @param unit the unit of the chart
 * @param curves what is drawn of each lane
 */
record TimeChart(String title, String unit, List<Curve> curves) {

	/** Several JVMs one after the other, on a slow machine. */
	private static final long LONGEST_START_UP_MILLIS = 600_000;

	TimeChart(Metric metric, String unit, DoubleUnaryOperator scale) {
		this(metric.title() + " over time", unit, List.of(new Curve(metric, "", scale, false)));
	}

	ChartOption option(ExperimentResult experiment, List<LoadedCell> cells) {
		List<ChartOption.Line> lines = new ArrayList<>();
		for (LaneResult lane : experiment.lanes()) {
			LaneMark mark = LaneMark.of(lane.lane(), experiment.lanes().indexOf(lane));
			for (Curve curve : this.curves) {
				List<List<@Nullable Double>> points = new ArrayList<>();
				values(curve, lane, cells).forEach((second, value) -> points.add(Steps.point(second, value)));
				if (!points.isEmpty()) {
					String name = lane.title() + curve.suffix();
					lines.add(curve.part() ? ChartOption.Line.partOverTime(name, mark, points)
							: ChartOption.Line.overTime(name, mark, points));
				}
			}
		}
		return new ChartOption(ChartOption.Axis.horizontal("seconds since the lane's start"),
				ChartOption.Axis.vertical(this.unit), lines, lines.stream().map(ChartOption.Line::name).toList());
	}

	Table table(ExperimentResult experiment, List<LoadedCell> cells) {
		Map<String, Map<Long, Double>> columns = new LinkedHashMap<>();
		TreeSet<Long> seconds = new TreeSet<>();
		for (LaneResult lane : experiment.lanes()) {
			for (Curve curve : this.curves) {
				Map<Long, Double> column = new TreeMap<>();
				values(curve, lane, cells).forEach((second, value) -> column.put(Math.round(second), value));
				if (!column.isEmpty()) {
					columns.put("%s%s (%s)".formatted(lane.title(), curve.suffix(), this.unit), column);
					seconds.addAll(column.keySet());
				}
			}
		}
		List<String> heads = new ArrayList<>(List.of("Seconds since the lane's start"));
		heads.addAll(columns.keySet());
		List<Row> rows = new ArrayList<>();
		for (long second : seconds) {
			rows.add(Row.of(Long.toString(second),
					columns.values().stream().map((column) -> Format.number(column.get(second), 0)).toList()));
		}
		return new Table(this.title, heads, true, rows);
	}

	private static Map<Double, Double> values(Curve curve, LaneResult lane, List<LoadedCell> cells) {
		Map<Double, Double> values = new LinkedHashMap<>();
		LoadedCell first = cells.stream()
			.filter((cell) -> cell.cell().lane().equals(lane.lane()))
			.findFirst()
			.orElse(null);
		if (first == null || lane.steps().stream().noneMatch(StepResult::valid)) {
			return values;
		}
		List<Map.Entry<Long, Double>> points = first.samples().series(curve.metric()).points();
		long start = start(first, points);
		Map.Entry<Long, Double> before = null;
		for (Map.Entry<Long, Double> point : points) {
			Double value = curve.metric().cumulative() ? growth(before, point) : point.getValue();
			before = point;
			if (value != null) {
				values.put((point.getKey() - start) / 1000.0, Figures.round(curve.scale().applyAsDouble(value)));
			}
		}
		return values;
	}

	// What a counter grew by in a second.
	private static @Nullable Double growth(Map.@Nullable Entry<Long, Double> before, Map.Entry<Long, Double> point) {
		return (before != null && point.getKey() > before.getKey())
				? (point.getValue() - before.getValue()) * 1000 / (point.getKey() - before.getKey()) : null;
	}

	private static long start(LoadedCell cell, List<Map.Entry<Long, Double>> points) {
		long first = points.isEmpty() ? 0 : points.getFirst().getKey();
		try {
			long start = Instant.parse(cell.cell().startedAt()).toEpochMilli();
			// The moments of a life are of one clock and those within it of another: they
			// agree unless the machine's was set in between.
			return (start <= first && first - start <= LONGEST_START_UP_MILLIS) ? start : first;
		}
		catch (DateTimeParseException ex) {
			// Not worth losing a chart for.
			return first;
		}
	}

	/**
	 * A line of each lane.
	 *
	 * @param metric the metric; of a counter its growth in a second is drawn
	 * @param suffix what follows the lane's name in the legend; empty for the lane's only
	 * line
	 * @param scale from the metric's unit to the chart's
	 * @param part whether it is part of another line, and drawn thinner
	 */
	record Curve(Metric metric, String suffix, DoubleUnaryOperator scale, boolean part) {
	}

}
