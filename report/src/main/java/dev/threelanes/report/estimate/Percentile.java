package dev.threelanes.report.estimate;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A percentile that knows how much it rests on.
 *
 * @param name its name in the results, such as {@code p99}
 * @param valueMs its value, in milliseconds; absent if no sample lies beyond it, since it
 * would be the maximum under another name
 * @param beyond how many samples lie beyond it
 */
public record Percentile(String name, @Nullable Double valueMs, long beyond) {

	/** Fewer samples beyond than this, and the percentile is thin. */
	public static final int ENOUGH = 100;

	/**
	 * Reads a percentile.
	 * @param name its name
	 * @param percentile the percentile, 0 to 100
	 * @param latency latencies, in microseconds
	 * @return the percentile
	 */
	public static Percentile of(String name, double percentile, Histogram latency) {
		// 0.1 % of 1,000 is 1, and not the 0.9999… of binary fractions.
		long beyond = (long) Math.floor(latency.getTotalCount() * (100 - percentile) / 100 + 1e-6);
		return new Percentile(name, (beyond > 0) ? latency.getValueAtPercentile(percentile) / 1000.0 : null, beyond);
	}

	/**
	 * Whether it can be quoted but rests on too few samples to be repeated well.
	 * @return {@code true} if so
	 */
	public boolean thin() {
		return this.beyond > 0 && this.beyond < ENOUGH;
	}

}
