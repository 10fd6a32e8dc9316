package dev.threelanes.report.estimate;

import dev.threelanes.report.cell.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * By how many seconds the wait for an answer grows in each second of a step.
 */
final class WaitGrowth {

	private WaitGrowth() {
	}

	/**
	 * The least-squares slope of latency against the time of the start, each bin weighted
	 * by its requests. Start, not arrival: a request that starts t seconds into a step
	 * with λ &gt; X waits until λ·t others are served, and that is linear in t.
	 * @param timeline the step's record
	 * @return seconds a second, or nothing with fewer than two bins of answers
	 */
	static @Nullable Double of(Timeline timeline) {
		double weight = 0;
		double meanStart = 0;
		double meanLatency = 0;
		for (Timeline.Bin bin : timeline.bins()) {
			weight += bin.answeredOfStarted();
			meanStart += bin.answeredOfStarted() * start(bin);
			meanLatency += bin.latencyMicrosOfStarted() / 1e6;
		}
		if (weight == 0) {
			return null;
		}
		meanStart /= weight;
		meanLatency /= weight;
		double covariance = 0;
		double variance = 0;
		for (Timeline.Bin bin : timeline.bins()) {
			if (bin.answeredOfStarted() > 0) {
				double latency = bin.latencyMicrosOfStarted() / 1e6 / bin.answeredOfStarted();
				double distance = start(bin) - meanStart;
				covariance += bin.answeredOfStarted() * distance * (latency - meanLatency);
				variance += bin.answeredOfStarted() * distance * distance;
			}
		}
		return (variance > 0) ? covariance / variance : null;
	}

	private static double start(Timeline.Bin bin) {
		return (bin.index() + 0.5) * Timeline.BIN_MILLIS / 1000.0;
	}

}
