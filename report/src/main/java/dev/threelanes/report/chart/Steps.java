package dev.threelanes.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an experiment as the points of charts.
 *
 * @param experiment the experiment
 */
record Steps(ExperimentResult experiment) {

	// All steps' names in their order.
	List<String> names() {
		return lanes().stream().flatMap((lane) -> lane.steps().stream()).map(StepResult::name).distinct().toList();
	}

	List<LaneResult> lanes() {
		return this.experiment.lanes().stream().filter((lane) -> !lane.steps().isEmpty()).toList();
	}

	LaneMark mark(LaneResult lane) {
		return LaneMark.of(lane.lane(), this.experiment.lanes().indexOf(lane));
	}

	// All offered loads, rising.
	List<Double> loads() {
		TreeSet<Double> loads = new TreeSet<>();
		lanes().forEach((lane) -> lane.steps().forEach((step) -> loads.add(step.load())));
		return List.copyOf(loads);
	}

	// A line a lane.
	List<ChartOption.Line> lines(Function<StepResult, @Nullable Double> figure) {
		List<ChartOption.Line> lines = new ArrayList<>();
		lanes().forEach((lane) -> lines.add(ChartOption.Line.points(lane.title(), mark(lane), points(lane, figure))));
		return lines;
	}

	// A row for each number of users, in which each lane has all columns.
	Table byUsers(String caption, String users, List<Column> columns) {
		List<String> heads = new ArrayList<>(List.of(users));
		lanes().forEach((lane) -> columns.forEach((column) -> heads.add(lane.title() + column.head())));
		List<Row> rows = new ArrayList<>();
		for (double load : loads()) {
			List<String> cells = new ArrayList<>();
			for (LaneResult lane : lanes()) {
				StepResult step = at(lane, load);
				columns.forEach((column) -> cells.add((step != null) ? column.cell().apply(step) : Format.NONE));
			}
			rows.add(Row.of(Format.number(load, 0), cells));
		}
		return new Table(caption, heads, true, rows);
	}

	static List<List<@Nullable Double>> points(LaneResult lane, Function<StepResult, @Nullable Double> figure) {
		List<List<@Nullable Double>> points = new ArrayList<>();
		for (StepResult step : lane.steps()) {
			points.add(point(step.load(), figure.apply(step)));
		}
		return points;
	}

	static List<@Nullable Double> point(double x, @Nullable Double y) {
		return Arrays.asList(x, y);
	}

	static @Nullable StepResult at(LaneResult lane, double load) {
		return lane.steps().stream().filter((step) -> step.load() == load).findFirst().orElse(null);
	}

	/**
	 * What a table tells of a lane at a step.
	 *
	 * @param head what follows the lane's name
	 * @param cell the cell
	 */
	record Column(String head, Function<StepResult, String> cell) {

		static Column measured(String head, Function<StepResult, String> cell) {
			return new Column(head, (step) -> step.valid() ? cell.apply(step) : Format.INVALID);
		}

	}

}
