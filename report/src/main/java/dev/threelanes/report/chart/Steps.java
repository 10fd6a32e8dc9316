package dev.threelanes.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.LaneMark;
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

}
