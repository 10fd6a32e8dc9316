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
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import org.jspecify.annotations.Nullable;

/**
 * A sampled metric over time, of every lane's first fork; a lane without a valid step is
 * left out.
 *
 * @param metric the metric
 * @param unit the unit of the chart
 * @param scale from the metric's unit to the chart's
 */
record TimeChart(Metric metric, String unit, DoubleUnaryOperator scale) {

	ChartOption option(ExperimentResult experiment, List<LoadedCell> cells) {
		List<ChartOption.Line> lines = new ArrayList<>();
		for (LaneResult lane : experiment.lanes()) {
			List<List<@Nullable Double>> points = new ArrayList<>();
			values(lane, cells).forEach((second, value) -> points.add(Steps.point(second, value)));
			if (!points.isEmpty()) {
				lines.add(ChartOption.Line.overTime(lane.title(),
						LaneMark.of(lane.lane(), experiment.lanes().indexOf(lane)), points));
			}
		}
		return new ChartOption(ChartOption.Axis.horizontal("seconds since the lane's start"),
				ChartOption.Axis.vertical(this.unit), lines, lines.stream().map(ChartOption.Line::name).toList());
	}

	Table table(ExperimentResult experiment, List<LoadedCell> cells) {
		Map<LaneResult, Map<Long, Double>> columns = new LinkedHashMap<>();
		TreeSet<Long> seconds = new TreeSet<>();
		for (LaneResult lane : experiment.lanes()) {
			Map<Long, Double> column = new TreeMap<>();
			values(lane, cells).forEach((second, value) -> column.put(Math.round(second), value));
			if (!column.isEmpty()) {
				columns.put(lane, column);
				seconds.addAll(column.keySet());
			}
		}
		List<String> heads = new ArrayList<>(List.of("Seconds since the lane's start"));
		columns.keySet().forEach((lane) -> heads.add("%s (%s)".formatted(lane.title(), this.unit)));
		List<Row> rows = new ArrayList<>();
		for (long second : seconds) {
			rows.add(Row.of(Long.toString(second),
					columns.values().stream().map((column) -> Format.number(column.get(second), 0)).toList()));
		}
		return new Table(this.metric.title() + " over time", heads, true, rows);
	}

	private Map<Double, Double> values(LaneResult lane, List<LoadedCell> cells) {
		Map<Double, Double> values = new LinkedHashMap<>();
		LoadedCell first = cells.stream()
			.filter((cell) -> cell.cell().lane().equals(lane.lane()))
			.findFirst()
			.orElse(null);
		if (first == null || lane.steps().stream().noneMatch((step) -> step.valid())) {
			return values;
		}
		List<Map.Entry<Long, Double>> points = first.samples().series(this.metric).points();
		long start = start(first, points);
		for (Map.Entry<Long, Double> point : points) {
			values.put((point.getKey() - start) / 1000.0, Figures.round(this.scale.applyAsDouble(point.getValue())));
		}
		return values;
	}

	private static long start(LoadedCell cell, List<Map.Entry<Long, Double>> points) {
		try {
			return Instant.parse(cell.cell().startedAt()).toEpochMilli();
		}
		catch (DateTimeParseException ex) {
			// Not worth losing a chart for.
			return points.isEmpty() ? 0 : points.getFirst().getKey();
		}
	}

}
