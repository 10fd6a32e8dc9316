package dev.threelanes.report.cell;

import java.util.List;
import java.util.Map;

import org.HdrHistogram.Histogram;

/**
 * Everything that was recorded of one step.
 *
 * @param step what was asked for
 * @param record what was counted
 * @param timeline when it happened
 * @param latency the latencies of correct answers, in microseconds
 * @param failures the latencies of failures by their class, in microseconds
 * @param startLag how late requests started, in microseconds
 * @param heartbeat how late the generator was woken, in microseconds
 * @param wakeUps the wake-ups in their order; none where nobody waited
 * @param injectors what each of several load generators recorded of it by itself; empty
 * where there was one
 */
public record LoadedStep(CellStep step, StepRecord record, Timeline timeline, Histogram latency,
		Map<String, Histogram> failures, Histogram startLag, Histogram heartbeat, List<WakeUp> wakeUps,
		List<InjectorStep> injectors) {

	public LoadedStep {
		wakeUps = List.copyOf(wakeUps);
		injectors = List.copyOf(injectors);
	}

	/**
	 * Takes what a single load generator recorded.
	 * @param step what was asked for
	 * @param record what was counted
	 * @param timeline when it happened
	 * @param latency the latencies of correct answers, in microseconds
	 * @param failures the latencies of failures by their class, in microseconds
	 * @param startLag how late requests started, in microseconds
	 * @param heartbeat how late the generator was woken, in microseconds
	 * @param wakeUps the wake-ups in their order
	 */
	public LoadedStep(CellStep step, StepRecord record, Timeline timeline, Histogram latency,
			Map<String, Histogram> failures, Histogram startLag, Histogram heartbeat, List<WakeUp> wakeUps) {
		this(step, record, timeline, latency, failures, startLag, heartbeat, wakeUps, List.of());
	}

}
