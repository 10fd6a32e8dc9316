package dev.threelanes.report.validity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.threelanes.report.cell.CellStep;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.Timeline;
import dev.threelanes.report.estimate.Trend;

/**
 * The lane was in its steady state. That is a property of what was measured and not of
 * how long it was warmed up: neither its latency nor its CPU time a request has a trend
 * inside the step.
 */
final class LaneWasWarm extends StepRule {

	/** How much of the median a latency may drift in a step. */
	private static final double MOST_LATENCY_DRIFT = 0.05;

	/**
	 * How much it may drift at least in milliseconds where bystanders ask for nothing but
	 * an answer: of what takes a millisecond, 5 % are less than a timer can tell.
	 */
	private static final double LEAST_DRIFT_OF_BYSTANDERS_MS = 2;

	/** How much of its mean the CPU time a request may drift in a step. */
	private static final double MOST_CPU_DRIFT = 0.25;

	/** How much of the warm-up must have taken place. */
	private static final double ENOUGH_WARM_UP = 0.95;

	private static final int SLICES = 10;

	private static final int TURNS_IN_A_SLICE = 5;

	@Override
	public String id() {
		return "warm";
	}

	@Override
	public String title() {
		return "The lane was warmed up and warm: latency and CPU time a request have no trend inside a step";
	}

	@Override
	public List<Reason> check(LoadedCell cell) {
		List<Reason> reasons = new ArrayList<>();
		double users = cell.cell().warmUp().stream().mapToDouble(CellStep::arrivals).sum();
		if (cell.warmedUp() < ENOUGH_WARM_UP * users) {
			reasons.add(new Reason(id(), null,
					String.format(Locale.ROOT,
							"It was not warmed up: %d of %.0f requests were started before it was measured",
							cell.warmedUp(), users)));
		}
		reasons.addAll(super.check(cell));
		return reasons;
	}

	@Override
	Optional<String> problem(LoadedCell cell, LoadedStep step) {
		if (!step.step().steady() || cell.experiment().cold()) {
			return Optional.empty();
		}
		return latency(cell, step).or(() -> cpu(cell, step));
	}

	// Where a queue grows, so does the latency, and theory says by how much.
	private static Optional<String> latency(LoadedCell cell, LoadedStep step) {
		double medianMs = step.latency().getValueAtPercentile(50) / 1000.0;
		if (cell.queues(step.step()) || unsteady(step) || step.latency().getTotalCount() == 0) {
			return Optional.empty();
		}
		double drift = Trend.of(latencySlices(step, CpuTrend.steadySeconds(cell, step))).drift();
		double least = (step.step().mix() != null) ? LEAST_DRIFT_OF_BYSTANDERS_MS : 0;
		double allowed = Math.max(least, MOST_LATENCY_DRIFT * medianMs);
		return (Math.abs(drift) <= allowed) ? Optional.empty() : Optional.of(String.format(Locale.ROOT,
				"The latency drifted by %.0f ms within the step; %.0f ms are allowed", drift, allowed));
	}

	// A slice that has one turn more than another has another mean.
	private static boolean unsteady(LoadedStep step) {
		return step.step().mix() instanceof CellStep.Together mix
				&& TURNS_IN_A_SLICE * mix.turnMs() > 1000 * step.step().seconds() / SLICES;
	}

	private static List<double[]> latencySlices(LoadedStep step, double seconds) {
		double slice = seconds / SLICES;
		double[] micros = new double[SLICES];
		long[] counts = new long[SLICES];
		Timeline timeline = step.timeline();
		for (int i = 0; i < timeline.size(); i++) {
			int index = (int) (timeline.index(i) * Timeline.BIN_MILLIS / 1000.0 / slice);
			if (index < SLICES) {
				micros[index] += timeline.latencyMicrosOfStarted(i);
				counts[index] += timeline.answeredOfStarted(i);
			}
		}
		List<double[]> points = new ArrayList<>();
		for (int i = 0; i < SLICES; i++) {
			if (counts[i] > 0) {
				points.add(new double[] { (i + 0.5) * slice, micros[i] / 1000.0 / counts[i] });
			}
		}
		return points;
	}

	@Override
	Optional<String> unchecked(LoadedCell cell, LoadedStep step) {
		if (!step.step().steady()) {
			return Optional.of("users who all arrive before the first is answered have no steady state");
		}
		if (cell.experiment().cold()) {
			return Optional.of("a lane that warms up is what the experiment is about");
		}
		if (step.step().mixed()) {
			return Optional.of(unsteady(step) ? "its turns are too long for a trend"
					: "the CPU time is that of all requests together, and of none by itself");
		}
		return CpuTrend.missing(Metric.LANE_CPU_MILLIS, cell, step);
	}

	// Where the machine changes its speed, the generator tells; the lane is not to blame.
	private static Optional<String> cpu(LoadedCell cell, LoadedStep step) {
		if (step.step().mixed()) {
			return Optional.empty();
		}
		Optional<CpuTrend> beside = MachineKeptItsSpeed.whyNot(cell, step).isPresent() ? Optional.empty()
				: CpuTrend.beside(Metric.LANE_CPU_MILLIS, Metric.GENERATOR_CPU_MILLIS, cell, step);
		return beside.isPresent() ? drift(beside,
				"The CPU time a request drifted by %.2f times the generator's within the step, from a mean of %.2f times")
				: drift(CpuTrend.of(Metric.LANE_CPU_MILLIS, cell, step),
						"The CPU time a request drifted by %.2f ms within the step, from a mean of %.2f ms");
	}

	private static Optional<String> drift(Optional<CpuTrend> seen, String words) {
		return seen.filter((trend) -> trend.drifted(MOST_CPU_DRIFT))
			.map((trend) -> String.format(Locale.ROOT, words, trend.drift(), trend.mean()));
	}

}
