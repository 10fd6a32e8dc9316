package dev.threelanes.report.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.threelanes.report.estimate.Interval;
import dev.threelanes.report.estimate.LaneEstimate;
import dev.threelanes.report.estimate.LaneStep;
import dev.threelanes.report.estimate.StepEstimate;
import dev.threelanes.report.results.Figures;
import dev.threelanes.report.results.Ratio;
import org.jspecify.annotations.Nullable;

/**
 * Sets each lane's figures in proportion to those of the lanes before it, with intervals:
 * on a shared machine a ratio is what can be quoted.
 */
public final class Ratios {

	private static final List<Figure> FIGURES = List.of(new Figure("goodputRps", StepEstimate::goodputRps),
			new Figure("medianMs", StepEstimate::medianMs),
			new Figure("cpuMsPerRequest", StepEstimate::cpuMsPerRequest),
			new Figure("rssBytes", StepEstimate::rssBytes));

	private Ratios() {
	}

	/**
	 * All ratios for which there are enough forks.
	 * @param lanes the lanes in the order of the page
	 * @return the ratios of every later lane to every earlier one, step by step
	 */
	public static List<Ratio> of(List<LaneEstimate> lanes) {
		List<Supplier<List<Ratio>>> ratios = new ArrayList<>();
		for (int i = 0; i < lanes.size(); i++) {
			for (int j = i + 1; j < lanes.size(); j++) {
				LaneEstimate lane = lanes.get(j);
				LaneEstimate other = lanes.get(i);
				lane.steps().forEach((step) -> ratios.add(() -> of(lane, other, step)));
			}
		}
		// Each takes thousands of draws.
		return ratios.parallelStream().flatMap((some) -> some.get().stream()).toList();
	}

	private static List<Ratio> of(LaneEstimate lane, LaneEstimate other, LaneStep step) {
		List<Ratio> ratios = new ArrayList<>();
		for (LaneStep same : other.steps()) {
			if (same.step().equals(step.step()) && same.valid() && step.valid()) {
				for (Figure figure : FIGURES) {
					figure.ratio(lane.lane(), step, other.lane(), same).ifPresent(ratios::add);
				}
			}
		}
		return ratios;
	}

	/**
	 * A figure that is set in proportion.
	 *
	 * @param name its name in the results
	 * @param value how it is read from a fork
	 */
	private record Figure(String name, Function<StepEstimate, @Nullable Double> value) {

		Optional<Ratio> ratio(String lane, LaneStep step, String other, LaneStep same) {
			List<Double> left = step.values(this.value);
			List<Double> right = same.values(this.value);
			if (left.size() < Interval.ENOUGH_FORKS || right.size() < Interval.ENOUGH_FORKS || !positive(left)
					|| !positive(right)) {
				return Optional.empty();
			}
			Interval interval = Interval.ofRatio(left, right);
			return Optional.of(new Ratio(lane, other, step.step().name(), this.name,
					Figures.round(Interval.mean(left) / Interval.mean(right)), Figures.round(interval.low()),
					Figures.round(interval.high())));
		}

		private static boolean positive(List<Double> values) {
			return values.stream().allMatch((value) -> value > 0);
		}

	}

}
