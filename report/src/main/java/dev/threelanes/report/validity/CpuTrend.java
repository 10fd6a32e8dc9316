package dev.threelanes.report.validity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.estimate.Trend;

/**
 * How the CPU time that a process spends on a request changes within a step, as a line
 * through what every two samples tell.
 *
 * @param mean its mean, in milliseconds or in multiples of another process's
 * @param drift by how much it rises within the step, in the same unit; 0 if that may be
 * chance
 */
record CpuTrend(double mean, double drift) {

	/**
	 * CPU time comes in ticks of 10 ms: a line through four or five such points is often
	 * steep by chance, and a run has dozens of steps.
	 */
	private static final int ENOUGH_POINTS = 10;

	/**
	 * Looks at a step.
	 * @param cpu the CPU time of a process, in milliseconds
	 * @param cell the cell
	 * @param step the step
	 * @return the trend; empty where there are fewer than ten points
	 */
	static Optional<CpuTrend> of(Metric cpu, LoadedCell cell, LoadedStep step) {
		return of(points(cpu, cell, step));
	}

	/**
	 * Looks at a step as if the machine's speed did not change: the CPU time of a process
	 * as a multiple of what another spent meanwhile on as many requests.
	 * @param cpu the CPU time of the process, in milliseconds
	 * @param other that of the other, for which every request is the same work
	 * @param cell the cell
	 * @param step the step
	 * @return the trend; empty where there are fewer than ten points
	 */
	static Optional<CpuTrend> beside(Metric cpu, Metric other, LoadedCell cell, LoadedStep step) {
		Map<Double, Double> others = points(other, cell, step).stream()
			.filter((point) -> point[1] > 0)
			.collect(Collectors.toMap((point) -> point[0], (point) -> point[1]));
		return of(points(cpu, cell, step).stream()
			.filter((point) -> others.containsKey(point[0]))
			.map((point) -> new double[] { point[0], point[1] / Objects.requireNonNull(others.get(point[0])) })
			.toList());
	}

	private static Optional<CpuTrend> of(List<double[]> points) {
		if (points.size() < ENOUGH_POINTS) {
			return Optional.empty();
		}
		double mean = points.stream().mapToDouble((point) -> point[1]).average().orElse(0);
		return Optional.of(new CpuTrend(mean, Trend.of(points).drift()));
	}

	/**
	 * What a step lacks for a trend.
	 * @param cpu the CPU time of a process, in milliseconds
	 * @param cell the cell
	 * @param step the step
	 * @return a sentence; empty if it lacks nothing
	 */
	static Optional<String> missing(Metric cpu, LoadedCell cell, LoadedStep step) {
		int points = points(cpu, cell, step).size();
		return (points >= ENOUGH_POINTS) ? Optional.empty() : Optional
			.of("%d samples of CPU time are too few for a trend; %d are needed".formatted(points, ENOUGH_POINTS));
	}

	/**
	 * How long a step is steady: once the downstream fails, nothing is any more.
	 * @param cell the cell
	 * @param step the step
	 * @return the time from its beginning, in seconds
	 */
	static double steadySeconds(LoadedCell cell, LoadedStep step) {
		return cell.outage(step.step().name())
			.map((outage) -> outage.begin().toMillis() / 1000.0)
			.orElse(step.step().seconds());
	}

	/**
	 * Whether it changes by more than some share of its mean.
	 * @param share the share, 0.25 for a quarter
	 * @return {@code true} if so
	 */
	boolean drifted(double share) {
		return Math.abs(this.drift) > share * this.mean;
	}

	// Between two samples, both while requests arrive and are answered evenly.
	private static List<double[]> points(Metric metric, LoadedCell cell, LoadedStep step) {
		long start = step.record().startedAtEpochMillis();
		NavigableMap<Long, Double> cpu = cell.samples()
			.series(metric)
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
