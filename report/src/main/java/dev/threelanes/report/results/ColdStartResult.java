package dev.threelanes.report.results;

import org.jspecify.annotations.Nullable;

/**
 * How a lane started and became steady: means over forks. A figure that one fork lacks is
 * absent.
 *
 * @param startUpMs from the start of the process until it said that it was ready, in
 * milliseconds
 * @param throughputMs from its first request until 95 % of its steady throughput, in
 * milliseconds; 0 if already the first half second had it
 * @param latencyMs from its first request until its latency was within 5 % of the steady
 * one, in milliseconds
 * @param steadyLatencyMs that latency, in milliseconds
 */
public record ColdStartResult(@Nullable Double startUpMs, @Nullable Double throughputMs, @Nullable Double latencyMs,
		@Nullable Double steadyLatencyMs) {
}
