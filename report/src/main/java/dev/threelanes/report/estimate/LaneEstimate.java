package dev.threelanes.report.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Objective;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.report.cell.CellStep;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.validity.CheckedCell;
import dev.threelanes.report.validity.Reason;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a lane in an experiment.
 *
 * @param lane the contender's name
 * @param known the lane that it is, or nothing for a reader's own target
 * @param parameters the values that it was measured with
 * @param overheadMs ε, the median latency of the lowest valid step less D, in
 * milliseconds; absent without a valid step clearly below the cap
 * @param steps the steps in their order
 */
public record LaneEstimate(String lane, Optional<Lane> known, Parameters parameters, @Nullable Double overheadMs,
		List<LaneStep> steps) {

	private static final double UNQUEUED = 0.9;

	public LaneEstimate {
		steps = List.copyOf(steps);
	}

	/**
	 * Computes the figures of all forks.
	 * @param lane the lane's name
	 * @param forks its cells, at least one, all asked for the same steps
	 * @return the figures
	 */
	public static LaneEstimate of(String lane, List<CheckedCell> forks) {
		Double overheadMs = overheadMs(forks);
		double overheadSeconds = (overheadMs != null) ? overheadMs / 1000 : 0;
		List<LaneStep> steps = new ArrayList<>();
		for (int i = 0; i < forks.getFirst().cell().steps().size(); i++) {
			List<StepEstimate> estimates = new ArrayList<>();
			for (CheckedCell fork : forks) {
				estimates.add(StepEstimate.of(fork.cell(), fork.cell().steps().get(i), overheadSeconds));
			}
			CellStep step = forks.getFirst().cell().steps().get(i).step();
			steps.add(new LaneStep(step, estimates, reasons(forks, step)));
		}
		return new LaneEstimate(lane, forks.getFirst().cell().lane(), forks.getFirst().cell().parameters(), overheadMs,
				steps);
	}

	/**
	 * The capacity under an objective: how far the load can rise, from the lowest step,
	 * before a step is not valid or breaks the objective. A higher step that happens to
	 * meet it again does not count, unless the lower one broke it by a thin
	 * {@link Percentile} alone: more load makes nothing faster, so its few slow answers
	 * were not the load's.
	 * @param objective the objective
	 * @return the capacity, or nothing if already the lowest step breaks it
	 */
	public Optional<Capacity> capacity(Objective objective) {
		Capacity capacity = null;
		boolean passedOver = false;
		for (LaneStep step : this.steps) {
			if (!step.step().open() || step.step().mixed()) {
				return Optional.empty();
			}
			if (!step.valid()) {
				return ended(capacity, !passedOver);
			}
			if (meets(step, objective)) {
				capacity = new Capacity(step.step().rps(), true);
				passedOver = false;
			}
			else if (breaksByAThinPercentile(step, objective)) {
				passedOver = true;
			}
			else {
				return ended(capacity, false);
			}
		}
		return ended(capacity, !passedOver);
	}

	private static Optional<Capacity> ended(@Nullable Capacity capacity, boolean atLeast) {
		return Optional.ofNullable(capacity).map((known) -> new Capacity(known.offeredRps(), atLeast));
	}

	private static @Nullable Double overheadMs(List<CheckedCell> forks) {
		LoadedCell first = forks.getFirst().cell();
		for (int i = 0; i < first.steps().size(); i++) {
			CellStep step = first.steps().get(i).step();
			Histogram merged = new Histogram(3);
			for (CheckedCell fork : forks) {
				merged.add(fork.cell().steps().get(i).latency());
			}
			// Near the cap and past it a median holds the wait for a thread too.
			boolean unqueued = step.open() ? step.rps() <= UNQUEUED * first.capRps()
					: step.arrivals() == 1 && !step.waiting();
			if (unqueued && reasons(forks, step).isEmpty() && merged.getTotalCount() > 0) {
				// Less than nothing is a histogram's rounding.
				return Math.max(0,
						merged.getValueAtPercentile(50) / 1000.0 - first.serviceTime(step.name()).toMillis());
			}
		}
		return null;
	}

	private static List<Reason> reasons(List<CheckedCell> forks, CellStep step) {
		List<Reason> reasons = new ArrayList<>();
		for (CheckedCell fork : forks) {
			for (Reason reason : fork.against(step.name())) {
				String text = (forks.size() > 1) ? "fork %s: %s".formatted(fork.cell().cell().fork(), reason.text())
						: reason.text();
				reasons.add(new Reason(reason.rule(), reason.step(), text));
			}
		}
		return reasons;
	}

	private static boolean meets(LaneStep step, Objective objective) {
		Histogram latency = step.latency();
		double limitMicros = objective.p99().toNanos() / 1e3;
		return latency.getTotalCount() > 0 && latency.getValueAtPercentile(99) <= limitMicros
				&& step.errorShare() < objective.errorShare();
	}

	private static boolean breaksByAThinPercentile(LaneStep step, Objective objective) {
		return Percentile.of("p99", 99, step.latency()).thin() && step.errorShare() < objective.errorShare();
	}

	/**
	 * A capacity.
	 *
	 * @param offeredRps the highest offered load that met the objective
	 * @param atLeast whether no step was seen to break it, so that the real one may be
	 * higher
	 */
	public record Capacity(double offeredRps, boolean atLeast) {
	}

}
