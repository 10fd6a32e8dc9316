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
		for (int i = 0; i < timeline.size(); i++) {
			weight += timeline.answeredOfStarted(i);
			meanStart += timeline.answeredOfStarted(i) * start(timeline, i);
			meanLatency += timeline.latencyMicrosOfStarted(i) / 1e6;
		}
		if (weight == 0) {
			return null;
		}
		meanStart /= weight;
		meanLatency /= weight;
		double covariance = 0;
		double variance = 0;
		for (int i = 0; i < timeline.size(); i++) {
			int answered = timeline.answeredOfStarted(i);
			if (answered > 0) {
				double latency = timeline.latencyMicrosOfStarted(i) / 1e6 / answered;
				double distance = start(timeline, i) - meanStart;
				covariance += answered * distance * (latency - meanLatency);
				variance += answered * distance * distance;
			}
		}
		return (variance > 0) ? covariance / variance : null;
	}

	private static double start(Timeline timeline, int place) {
		return (timeline.index(place) + 0.5) * Timeline.BIN_MILLIS / 1000.0;
	}

}
