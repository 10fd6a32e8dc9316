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
			new Figure("relativeCpu", StepEstimate::relativeCpu),
			new Figure("allocatedBytesPerRequest", StepEstimate::allocatedBytes),
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
				ratios.add(() -> of(lane, other));
			}
		}
		// Each takes thousands of draws.
		return ratios.parallelStream().flatMap((some) -> some.get().stream()).toList();
	}

	private static List<Ratio> of(LaneEstimate lane, LaneEstimate other) {
		List<Pair> pairs = new ArrayList<>();
		for (LaneStep step : lane.steps()) {
			for (LaneStep same : other.steps()) {
				if (same.step().equals(step.step()) && same.valid() && step.valid()) {
					FIGURES.forEach((figure) -> figure.pair(step, same).ifPresent(pairs::add));
				}
			}
		}
		List<Interval> intervals = Interval.ofRatios(pairs.stream().map(Pair::left).toList(),
				pairs.stream().map(Pair::right).toList());
		List<Ratio> ratios = new ArrayList<>();
		for (int i = 0; i < pairs.size(); i++) {
			ratios.add(pairs.get(i).ratio(lane.lane(), other.lane(), intervals.get(i)));
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

		Optional<Pair> pair(LaneStep step, LaneStep same) {
			List<Double> left = step.values(this.value);
			List<Double> right = same.values(this.value);
			return (left.size() < Interval.ENOUGH_FORKS || right.size() < Interval.ENOUGH_FORKS || !positive(left)
					|| !positive(right)) ? Optional.empty()
							: Optional.of(new Pair(step.step().name(), this.name, left, right));
		}

		private static boolean positive(List<Double> values) {
			return values.stream().allMatch((value) -> value > 0);
		}

	}

	/**
	 * A figure of two lanes at the same step.
	 *
	 * @param step the step's name
	 * @param figure the figure's name in the results
	 * @param left its value in each fork of the one
	 * @param right its value in each fork of the other
	 */
	private record Pair(String step, String figure, List<Double> left, List<Double> right) {

		Ratio ratio(String lane, String other, Interval interval) {
			return new Ratio(lane, other, this.step, this.figure,
					Figures.round(Interval.mean(this.left) / Interval.mean(this.right)), Figures.round(interval.low()),
					Figures.round(interval.high()));
		}

	}

}
