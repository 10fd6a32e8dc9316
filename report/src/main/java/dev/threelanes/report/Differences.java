package dev.threelanes.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.threelanes.experiments.Experiment;
import dev.threelanes.report.Difference.Change;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.estimate.Interval;
import dev.threelanes.report.estimate.LaneEstimate;
import dev.threelanes.report.estimate.LaneStep;
import dev.threelanes.report.estimate.StepEstimate;
import org.jspecify.annotations.Nullable;

/**
 * Sets two runs of the same experiments side by side, so that a change can be judged by
 * what it did: another version, another JDK, another limit.
 */
public final class Differences {

	/** A difference smaller than this share of the first run is nobody's concern. */
	private static final double NEGLIGIBLE = 0.01;

	private static final List<Figure> FIGURES = List.of(new Figure("goodput, 1/s", true, StepEstimate::goodputRps),
			new Figure("median, ms", false, StepEstimate::medianMs), new Figure("p99, ms", false, StepEstimate::p99Ms),
			new Figure("CPU a request, ms", false, StepEstimate::cpuMsPerRequest),
			new Figure("resident memory, B", false, StepEstimate::rssBytes));

	private Differences() {
	}

	/**
	 * Compares two runs, step by step where both asked for the same.
	 * @param before the folder of the first run
	 * @param after the folder of the second run
	 * @return the differences, in the order of the page
	 * @throws IOException if a run cannot be read
	 */
	public static List<Difference> between(Path before, Path after) throws IOException {
		Run first = Run.read(new RunFiles(before));
		Run second = Run.read(new RunFiles(after));
		Analysis left = new Analysis(first);
		Analysis right = new Analysis(second);
		List<Difference> differences = new ArrayList<>();
		for (Experiment experiment : first.experiments()) {
			if (second.experiments().contains(experiment)) {
				List<LaneEstimate> others = right.estimates(experiment);
				for (LaneEstimate lane : left.estimates(experiment)) {
					others.stream()
						.filter((other) -> other.lane().equals(lane.lane()))
						.forEach((other) -> differences.addAll(between(experiment.id(), lane, other)));
				}
			}
		}
		return differences;
	}

	private static List<Difference> between(String experiment, LaneEstimate before, LaneEstimate after) {
		List<Difference> differences = new ArrayList<>();
		for (LaneStep step : before.steps()) {
			Optional<LaneStep> same = after.steps()
				.stream()
				.filter((candidate) -> candidate.step().equals(step.step()))
				.findFirst();
			same.ifPresent((other) -> FIGURES
				.forEach((figure) -> differences.addAll(figure.between(experiment, before.lane(), step, other))));
		}
		return differences;
	}

	/**
	 * A figure that is compared.
	 *
	 * @param name its name and unit
	 * @param moreIsBetter whether more of it is better
	 * @param value how it is read from a fork
	 */
	private record Figure(String name, boolean moreIsBetter, Function<StepEstimate, @Nullable Double> value) {

		List<Difference> between(String experiment, String lane, LaneStep before, LaneStep after) {
			List<Double> left = before.values(this.value);
			List<Double> right = after.values(this.value);
			String step = before.step().name();
			if (!before.valid() || !after.valid()) {
				return List
					.of(new Difference(experiment, lane, step, this.name, null, null, null, null, Change.INVALID));
			}
			if (left.isEmpty() || right.isEmpty()) {
				return List.of();
			}
			double from = Interval.mean(left);
			double to = Interval.mean(right);
			if (Math.min(left.size(), right.size()) < Interval.ENOUGH_FORKS) {
				return List.of(new Difference(experiment, lane, step, this.name, from, to, null, null, Change.UNKNOWN));
			}
			Interval interval = Interval.ofDifference(right, left);
			return List.of(new Difference(experiment, lane, step, this.name, from, to, interval.low(), interval.high(),
					change(interval, from)));
		}

		private Change change(Interval interval, double before) {
			double negligible = NEGLIGIBLE * Math.abs(before);
			if (interval.low() > negligible) {
				return this.moreIsBetter ? Change.BETTER : Change.WORSE;
			}
			if (interval.high() < -negligible) {
				return this.moreIsBetter ? Change.WORSE : Change.BETTER;
			}
			return Change.EQUAL;
		}

	}

}
