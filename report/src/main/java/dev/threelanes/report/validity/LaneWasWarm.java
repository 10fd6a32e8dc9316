package dev.threelanes.report.validity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
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

	/**
	 * CPU time comes in ticks of 10 ms: a line through four or five such points is often
	 * steep by chance, and a run has dozens of steps.
	 */
	private static final int ENOUGH_CPU_POINTS = 10;

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
		double drift = Trend.of(latencySlices(step, steadySeconds(cell, step))).drift();
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

	// Once the downstream fails, nothing is steady any more.
	private static double steadySeconds(LoadedCell cell, LoadedStep step) {
		return cell.outage(step.step().name())
			.map((outage) -> outage.begin().toMillis() / 1000.0)
			.orElse(step.step().seconds());
	}

	private static List<double[]> latencySlices(LoadedStep step, double seconds) {
		double slice = seconds / SLICES;
		double[] micros = new double[SLICES];
		long[] counts = new long[SLICES];
		for (Timeline.Bin bin : step.timeline().bins()) {
			int index = (int) (bin.index() * Timeline.BIN_MILLIS / 1000.0 / slice);
			if (index < SLICES) {
				micros[index] += bin.latencyMicrosOfStarted();
				counts[index] += bin.answeredOfStarted();
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
		int points = cpuPoints(cell, step).size();
		return (points >= ENOUGH_CPU_POINTS) ? Optional.empty() : Optional
			.of("%d samples of CPU time are too few for a trend; %d are needed".formatted(points, ENOUGH_CPU_POINTS));
	}

	private static Optional<String> cpu(LoadedCell cell, LoadedStep step) {
		List<double[]> points = cpuPoints(cell, step);
		if (step.step().mixed() || points.size() < ENOUGH_CPU_POINTS) {
			return Optional.empty();
		}
		double mean = points.stream().mapToDouble((point) -> point[1]).average().orElse(0);
		double drift = Trend.of(points).drift();
		return (Math.abs(drift) <= MOST_CPU_DRIFT * mean) ? Optional.empty() : Optional.of(String.format(Locale.ROOT,
				"The CPU time a request drifted by %.2f ms within the step, from a mean of %.2f ms", drift, mean));
	}

	// Between two samples, both while requests arrive and are answered evenly.
	private static List<double[]> cpuPoints(LoadedCell cell, LoadedStep step) {
		long start = step.record().startedAtEpochMillis();
		NavigableMap<Long, Double> cpu = cell.samples()
			.series(Metric.LANE_CPU_MILLIS)
			.between(start + cell.serviceTime(step.step().name()).toMillis(), Math
				.min(step.record().lastStartEpochMillis(), start + Math.round(1000 * steadySeconds(cell, step))));
		List<double[]> points = new ArrayList<>();
		Map.Entry<Long, Double> last = null;
		for (Map.Entry<Long, Double> sample : cpu.entrySet()) {
			if (last != null) {
				long from = last.getKey();
				long to = sample.getKey();
				long answered = step.timeline().answered(from - start, to - start);
				if (answered > 0) {
					points.add(new double[] { (from + to) / 2000.0, (sample.getValue() - last.getValue()) / answered });
				}
			}
			last = sample;
		}
		return points;
	}

}
