package dev.threelanes.report.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a run found of one lane at one step: means over forks, percentiles of all forks'
 * answers together. A step that is not valid keeps what shows why, and no other figure.
 *
 * @param name the step's name
 * @param offeredRps λ, requests a second; absent where users do not arrive at a rate
 * @param users how many users arrive at once or come back; absent where they arrive at a
 * rate
 * @param achievedRps requests started a second; absent for a burst
 * @param goodputRps correct answers a second; absent for a burst
 * @param predictedRps the predicted goodput; absent where none is predicted
 * @param makespanMs from the first start of a burst or of held load to its last answer,
 * in milliseconds
 * @param predictedMakespanMs the predicted one; absent where none is predicted
 * @param errors failures by class, of all forks
 * @param latencyMs latencies of correct answers, in milliseconds
 * @param thinPercentiles the percentiles with fewer than 100 samples beyond
 * @param cpuMsPerRequest CPU time of the lane for an answer, in milliseconds
 * @param cpuMsPerRequestAtMost an upper bound of it where it is withheld, with the JIT
 * compiler's part in it
 * @param relativeCpu CPU time of the lane as a multiple of the generator's in the same
 * time, of which the speed of the machine is no part
 * @param allocatedBytesPerRequest what the lane allocates for an answer
 * @param rssBytes the largest resident memory of the lane
 * @param platformThreads the most live platform threads
 * @param inFlight the most requests in progress in the lane
 * @param waitGrowth by how many seconds the wait grows in each second
 * @param resilience how it bore a load or a downstream that was too much for it; absent
 * if nothing failed
 * @param held what a held request costs in memory; absent where none is held
 * @param wakeUps who was woken; absent where nobody waited
 * @param withheld why a figure is withheld in a step that is valid otherwise, by the
 * figure's name; absent if none is
 * @param ranges lowest and highest fork of each mean; absent with one fork
 * @param valid whether the step may be quoted
 * @param reasons why not
 */
public record StepResult(String name, @Nullable Double offeredRps, @Nullable Integer users,
		@Nullable Double achievedRps, @Nullable Double goodputRps, @Nullable Double predictedRps,
		@Nullable Double makespanMs, @Nullable Double predictedMakespanMs, Map<String, Long> errors,
		@Nullable LatencyMs latencyMs, @Nullable List<String> thinPercentiles, @Nullable Double cpuMsPerRequest,
		@Nullable Double cpuMsPerRequestAtMost, @Nullable Double relativeCpu, @Nullable Double allocatedBytesPerRequest,
		@Nullable Double rssBytes, @Nullable Double platformThreads, @Nullable Double inFlight,
		@Nullable Double waitGrowth, @Nullable ResilienceFigures resilience, @Nullable HeldResult held,
		@Nullable WakeUpResult wakeUps, @Nullable Map<String, String> withheld,
		@Nullable Map<String, List<Double>> ranges, boolean valid, List<String> reasons) {

	public StepResult {
		errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
		reasons = List.copyOf(reasons);
	}

	/**
	 * The load as a number that rises from step to step.
	 * @return requests a second, or users
	 */
	public double load() {
		return (this.offeredRps != null) ? this.offeredRps : (this.users != null) ? this.users : 0;
	}

	/**
	 * Whether a percentile rests on fewer than 100 samples beyond it.
	 * @param percentile its name, such as {@code p99}
	 * @return {@code true} if so
	 */
	public boolean thin(String percentile) {
		return this.thinPercentiles != null && this.thinPercentiles.contains(percentile);
	}

	/**
	 * How a lane bore a load or a downstream that was too much for it.
	 *
	 * @param lateGoodputRps correct answers a second in the second half of the step
	 * @param refusalP50 the median time to a refusal, status 503, in milliseconds; absent
	 * without one
	 * @param promptRefusals how many of a hundred refusals came within 50 ms
	 * @param longest the longest time to an answer or a failure, in milliseconds
	 * @param recovery from the end of the downstream's fault until 95 % of the normal
	 * answers came again, in milliseconds; absent without a fault
	 */
	public record ResilienceFigures(@Nullable Double lateGoodputRps, @Nullable Double refusalP50,
			@Nullable Double promptRefusals, @Nullable Double longest, @Nullable Double recovery) {
	}

	/**
	 * Percentiles of latency, in milliseconds; each absent if no sample lies beyond it.
	 *
	 * @param p50 the median
	 * @param p90 the 90th percentile
	 * @param p99 the 99th percentile
	 * @param p999 the 99.9th percentile
	 * @param max the longest
	 */
	public record LatencyMs(@Nullable Double p50, @Nullable Double p90, @Nullable Double p99, @Nullable Double p999,
			double max) {
	}

}
