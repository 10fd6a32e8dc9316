package dev.threelanes.report.estimate;

import java.util.Arrays;

import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * How a lane that has answered nothing yet becomes steady under a constant load.
 * <p>
 * The step is cut in slices of {@value #SLICE_MILLIS} ms. Steady is what its last third
 * does: the mean rate of answers there, and the median over slices of the mean latency of
 * the requests that started in them. The lane is there at the end of the last slice of
 * the first two thirds that falls short; a single slow slice between good ones, as a
 * collection of garbage makes it, is no relapse.
 *
 * @param steadyRps answers a second in the last third
 * @param steadyMs latency in the last third, in milliseconds
 * @param throughputMillis from the first request until 95 % of the steady rate is
 * answered; absent if it had not come within two thirds of the step
 * @param latencyMillis from the first request until the latency is within 5 % of the
 * steady one; absent if it had not come within two thirds of the step
 */
public record ColdStart(double steadyRps, double steadyMs, @Nullable Double throughputMillis,
		@Nullable Double latencyMillis) {

	/** The width of a slice, in milliseconds. */
	public static final int SLICE_MILLIS = 500;

	private static final double SHARE = 0.95;

	/**
	 * Reads it off a step's record.
	 * @param step the step, of constant offered load
	 * @return the figures, or nothing if there are no answers in the last third
	 */
	public static @Nullable ColdStart of(LoadedStep step) {
		int slices = (int) (step.step().durationMs() / SLICE_MILLIS);
		int steadyFrom = slices - slices / 3;
		double[] latency = latency(step.timeline(), slices);
		double[] last = Arrays.copyOfRange(latency, steadyFrom, slices);
		Arrays.sort(last);
		double steadyMs = last[last.length / 2];
		if (Double.isInfinite(steadyMs)) {
			return null;
		}
		double[] answered = answered(step.timeline(), slices, steadyMs);
		double steadyAnswers = Arrays.stream(answered, steadyFrom, slices).average().orElseThrow();
		boolean[] slow = new boolean[slices];
		boolean[] late = new boolean[slices];
		for (int slice = 0; slice < slices; slice++) {
			slow[slice] = answered[slice] < SHARE * steadyAnswers;
			late[slice] = latency[slice] > (2 - SHARE) * steadyMs;
		}
		return new ColdStart(steadyAnswers * 1000 / SLICE_MILLIS, steadyMs, settled(slow, steadyFrom),
				settled(late, steadyFrom));
	}

	private static double[] latency(Timeline timeline, int slices) {
		double[] micros = new double[slices];
		double[] started = new double[slices];
		for (int i = 0; i < timeline.size(); i++) {
			int slice = timeline.index(i) * Timeline.BIN_MILLIS / SLICE_MILLIS;
			if (slice < slices) {
				micros[slice] += timeline.latencyMicrosOfStarted(i);
				started[slice] += timeline.answeredOfStarted(i);
			}
		}
		double[] latency = new double[slices];
		Arrays.setAll(latency,
				(slice) -> (started[slice] > 0) ? micros[slice] / started[slice] / 1000 : Double.POSITIVE_INFINITY);
		return latency;
	}

	// Answers follow their requests by the latency: a steady lane has not missed any in
	// the first slice only because they are not due yet.
	private static double[] answered(Timeline timeline, int slices, double latencyMs) {
		double[] answered = new double[slices];
		for (int i = 0; i < timeline.size(); i++) {
			double millis = timeline.index(i) * Timeline.BIN_MILLIS - latencyMs;
			int slice = (int) Math.max(0, Math.floor(millis / SLICE_MILLIS));
			if (slice < slices) {
				answered[slice] += timeline.answered(i);
			}
		}
		return answered;
	}

	// The end of the last slice that falls short and is not alone, or of a first one.
	private static @Nullable Double settled(boolean[] falls, int steadyFrom) {
		int settled = 0;
		for (int slice = 0; slice < steadyFrom; slice++) {
			if (falls[slice] && (slice == settled || falls[slice - 1])) {
				settled = slice + 1;
			}
		}
		return (settled < steadyFrom) ? Double.valueOf((double) settled * SLICE_MILLIS) : null;
	}

}
