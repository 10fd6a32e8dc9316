package dev.threelanes.report.estimate;

import java.util.stream.Stream;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How a lane bore a load or a downstream that was too much for it. A figure that was not
 * measured is absent.
 *
 * @param lateGoodputRps correct answers a second in the second half of the step, where
 * users arrived at a rate
 * @param refusalMedianMs the median time to a refusal, status 503, in milliseconds
 * @param promptRefusals how many of a hundred refusals came within 50 ms
 * @param longestMs the longest time to an answer or a failure, in milliseconds
 * @param recoveryMs from the end of the downstream's fault until 95 % of the normal
 * answers came again, in milliseconds; if they never did, until the end of the step,
 * which is a lower bound
 */
public record Resilience(@Nullable Double lateGoodputRps, @Nullable Double refusalMedianMs,
		@Nullable Double promptRefusals, @Nullable Double longestMs, @Nullable Double recoveryMs) {

	/** The generator's class for an answer with status 503. */
	private static final String REFUSED = "status-503";

	private static final long PROMPT_MICROS = 50_000;

	/**
	 * Computes the figures.
	 * @param cell the cell
	 * @param step one of its steps
	 * @param serviceSeconds W = D + ε
	 * @return the figures
	 */
	static Resilience of(LoadedCell cell, LoadedStep step, double serviceSeconds) {
		double seconds = step.step().seconds();
		Histogram refusals = step.failures().get(REFUSED);
		boolean refused = refusals != null && refusals.getTotalCount() > 0;
		return new Resilience(
				step.step().open() ? Window.late(serviceSeconds, seconds).goodputRps(step.timeline()) : null,
				(refusals != null && refused) ? refusals.getValueAtPercentile(50) / 1000.0 : null,
				(refusals != null && refused)
						? 100.0 * refusals.getCountBetweenValues(0, PROMPT_MICROS) / refusals.getTotalCount() : null,
				longestMs(step), recoveryMs(cell, step, serviceSeconds));
	}

	private static @Nullable Double longestMs(LoadedStep step) {
		long longest = Stream.concat(Stream.of(step.latency()), step.failures().values().stream())
			.mapToLong(Histogram::getMaxValue)
			.max()
			.orElse(0);
		return (longest > 0) ? longest / 1000.0 : null;
	}

	private static @Nullable Double recoveryMs(LoadedCell cell, LoadedStep step, double serviceSeconds) {
		return cell.outage(step.step().name())
			.map((outage) -> Recovery.millis(step.timeline(), outage, serviceSeconds, step.step().seconds()))
			.orElse(null);
	}

}
