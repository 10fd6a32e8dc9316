package dev.threelanes.report.estimate;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.StepRecord;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one step in one fork. A figure that was not measured is absent.
 *
 * @param achievedRps requests started a second; absent for a burst
 * @param goodputRps correct answers a second, see {@link Window}; absent for a burst
 * @param windowSeconds for how long they were counted
 * @param started requests started
 * @param errors failures by their class
 * @param latency the latencies of correct answers, in microseconds
 * @param makespanMs from the first start of a burst or of held load to its last answer,
 * in milliseconds; absent if one is missing
 * @param firstWave how many answers of a burst came within one and a half times D + ε
 * @param waitGrowth by how many seconds the wait grows in each second
 * @param cpuMsPerRequest CPU time of the lane for a correct answer, in milliseconds;
 * absent where different things were asked for at the same time, and withheld where the
 * JIT compiler took more than a quarter of it, since it would be the compiler's figure
 * @param cpuMsAtMost the same with the compiler's part in it, and so an upper bound
 * @param relativeCpu CPU time of the lane as a multiple of the generator's in the same
 * time; absent and withheld as the CPU time of a request is
 * @param compilationShare the time of the lane's JIT compiler as a share of its CPU time
 * @param allocatedBytes what the lane allocates for a correct answer, in bytes; absent
 * where different things were asked for at the same time
 * @param rssBytes the lane's largest resident memory
 * @param platformThreads the most live platform threads
 * @param inFlight the most requests in progress in the lane
 * @param resilience what tells how the lane bore a load or a downstream that was too much
 * for it
 * @param held what a held request costs in memory; absent where none is held
 * @param wakeUps who was woken; absent where nobody waited
 */
public record StepEstimate(@Nullable Double achievedRps, @Nullable Double goodputRps, @Nullable Double windowSeconds,
		long started, Map<String, Long> errors, Histogram latency, @Nullable Double makespanMs,
		@Nullable Double firstWave, @Nullable Double waitGrowth, @Nullable Double cpuMsPerRequest,
		@Nullable Double cpuMsAtMost, @Nullable Double relativeCpu, @Nullable Double compilationShare,
		@Nullable Double allocatedBytes, @Nullable Double rssBytes, @Nullable Double platformThreads,
		@Nullable Double inFlight, Resilience resilience, @Nullable HeldMemory held, @Nullable WakeUpFigures wakeUps) {

	/** More of the CPU time than this, and it is the JIT compiler's. */
	public static final double MOST_COMPILATION = 0.25;

	private static final double FIRST_WAVE_ENDS = 1.5;

	/**
	 * Computes the figures.
	 * @param cell the cell
	 * @param step one of its steps
	 * @param overheadSeconds ε, the lane's time for a request beyond D
	 * @return the figures
	 */
	public static StepEstimate of(LoadedCell cell, LoadedStep step, double overheadSeconds) {
		StepRecord record = step.record();
		double serviceSeconds = cell.serviceTime(step.step().name()).toNanos() / 1e9 + overheadSeconds;
		Map<String, Long> errors = new TreeMap<>();
		step.failures().forEach((type, histogram) -> errors.put(type, histogram.getTotalCount()));
		Window window = !step.step().steady() ? null : step.step().open()
				? Window.of(serviceSeconds, step.step().seconds()) : Window.ofClosed(step.step().seconds());
		return new StepEstimate((window != null) ? record.started() / step.step().seconds() : null,
				(window != null) ? window.goodputRps(step.timeline()) : null,
				(window != null) ? window.seconds() : null, record.started(), errors, step.latency(), makespanMs(step),
				step.step().burst() ? firstWave(step, serviceSeconds) : null,
				step.step().open() ? WaitGrowth.of(step.timeline()) : null,
				step.step().mixed() ? null : cpuMsPerRequest(cell, record),
				step.step().mixed() ? null : cpuMsAtMost(cell, record),
				step.step().mixed() ? null : relativeCpu(cell, record),
				step.step().mixed() ? null : compilationShare(cell, record),
				step.step().mixed() ? null : perAnswer(cell, record, Metric.ALLOCATED_BYTES),
				max(cell, record, Metric.LANE_RSS_BYTES), max(cell, record, Metric.THREADS_LIVE),
				max(cell, record, Metric.IN_FLIGHT), Resilience.of(cell, step, serviceSeconds),
				HeldMemory.of(cell, step), WakeUpFigures.of(step));
	}

	// Of a burst known only if nothing is missing; held load is over when the last
	// failed.
	private static @Nullable Double makespanMs(LoadedStep step) {
		StepRecord record = step.record();
		boolean whole = step.step().held() || (step.step().burst() && record.answered() == record.started());
		return whole ? (double) (record.lastAnswerEpochMillis() - record.startedAtEpochMillis()) : null;
	}

	// Halfway to the second wave is past the first.
	private static double firstWave(LoadedStep step, double serviceSeconds) {
		return step.latency().getCountBetweenValues(0, Math.round(FIRST_WAVE_ENDS * serviceSeconds * 1e6));
	}

	/**
	 * Whether the CPU time of a request is withheld.
	 * @return {@code true} if the JIT compiler took too much of it
	 */
	public boolean cpuWithheld() {
		return tooMuchCompilation(this.compilationShare);
	}

	private static boolean tooMuchCompilation(@Nullable Double share) {
		return share != null && share > MOST_COMPILATION;
	}

	/**
	 * How many requests failed.
	 * @return their number
	 */
	public Double failures() {
		return this.errors.values().stream().mapToDouble(Long::doubleValue).sum();
	}

	/**
	 * The median latency.
	 * @return milliseconds, or nothing without answers
	 */
	public @Nullable Double medianMs() {
		return (this.latency.getTotalCount() > 0) ? this.latency.getValueAtPercentile(50) / 1000.0 : null;
	}

	/**
	 * The 90th percentile of latency.
	 * @return milliseconds, or nothing with fewer than 100 answers beyond it
	 */
	public @Nullable Double p90Ms() {
		return p90Thin() ? null : Percentile.of("p90", 90, this.latency).valueMs();
	}

	/**
	 * Whether the 90th percentile of latency is withheld.
	 * @return {@code true} if there are answers, and fewer than 100 beyond it
	 */
	public boolean p90Thin() {
		return this.latency.getTotalCount() > 0 && Percentile.of("p90", 90, this.latency).beyond() < Percentile.ENOUGH;
	}

	/**
	 * The 99th percentile of latency.
	 * @return milliseconds, or nothing with fewer than 100 answers beyond it
	 */
	public @Nullable Double p99Ms() {
		Percentile p99 = Percentile.of("p99", 99, this.latency);
		return p99.thin() ? null : p99.valueMs();
	}

	// From the first start to the last answer: all work for this step's requests falls in
	// between and none for another's, so that no request is cut in two at an edge.
	private static @Nullable Double perAnswer(LoadedCell cell, StepRecord record, Metric metric) {
		OptionalDouble spent = cell.samples()
			.series(metric)
			.growth(record.startedAtEpochMillis(), record.lastAnswerEpochMillis());
		return (spent.isPresent() && record.answered() > 0) ? spent.getAsDouble() / record.answered() : null;
	}

	private static @Nullable Double cpuMsAtMost(LoadedCell cell, StepRecord record) {
		return perAnswer(cell, record, Metric.LANE_CPU_MILLIS);
	}

	private static @Nullable Double cpuMsPerRequest(LoadedCell cell, StepRecord record) {
		return tooMuchCompilation(compilationShare(cell, record)) ? null : cpuMsAtMost(cell, record);
	}

	// The generator does the same for every request of every cell: where it took longer,
	// so did everybody.
	private static @Nullable Double relativeCpu(LoadedCell cell, StepRecord record) {
		Double lane = cpuMsPerRequest(cell, record);
		OptionalDouble generator = cell.samples()
			.series(Metric.GENERATOR_CPU_MILLIS)
			.growth(record.startedAtEpochMillis(), record.lastAnswerEpochMillis());
		return (lane != null && generator.isPresent() && generator.getAsDouble() > 0)
				? lane * record.answered() / generator.getAsDouble() : null;
	}

	private static @Nullable Double compilationShare(LoadedCell cell, StepRecord record) {
		long from = record.startedAtEpochMillis();
		long to = record.lastAnswerEpochMillis();
		OptionalDouble compiled = cell.samples().series(Metric.COMPILATION_MILLIS).growth(from, to);
		OptionalDouble used = cell.samples().series(Metric.LANE_CPU_MILLIS).growth(from, to);
		return (compiled.isPresent() && used.isPresent() && used.getAsDouble() > 0)
				? compiled.getAsDouble() / used.getAsDouble() : null;
	}

	private static @Nullable Double max(LoadedCell cell, StepRecord record, Metric metric) {
		OptionalDouble max = cell.samples()
			.series(metric)
			.max(record.startedAtEpochMillis(), record.lastAnswerEpochMillis());
		return max.isPresent() ? max.getAsDouble() : null;
	}

}
