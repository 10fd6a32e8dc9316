package dev.threelanes.report.estimate;

import dev.threelanes.experiments.Outage;
import dev.threelanes.report.cell.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * How long a lane needed after the end of a fault until it gave as many correct answers
 * as before it: the first moment from which on two seconds bring 95 % of what is normal.
 * Normal is the goodput between the first answers and the fault.
 */
final class Recovery {

	private static final double ENOUGH = 0.95;

	/** Long enough that a request more or less is no difference. */
	private static final long STRETCH_MILLIS = 2000;

	private Recovery() {
	}

	/**
	 * Finds it.
	 * @param timeline the step's record
	 * @param outage the fault in the middle of the step
	 * @param serviceSeconds W = D + ε, when the first answers come
	 * @param stepSeconds for how long users arrived
	 * @return milliseconds from the end of the fault; all that the step still lasted if
	 * it did not happen, which then is a lower bound; nothing if no answer came before
	 */
	static @Nullable Double millis(Timeline timeline, Outage outage, double serviceSeconds, double stepSeconds) {
		long from = Math.round(serviceSeconds * 1000);
		long begin = outage.begin().toMillis();
		long normal = timeline.answered(from, begin);
		if (begin <= from || normal == 0) {
			return null;
		}
		double wanted = ENOUGH * normal * STRETCH_MILLIS / (begin - from);
		long end = outage.end().toMillis();
		long last = Math.round(stepSeconds * 1000);
		for (long at = end; at + STRETCH_MILLIS <= last; at += Timeline.BIN_MILLIS) {
			if (timeline.answered(at, at + STRETCH_MILLIS) >= wanted) {
				return (double) (at - end);
			}
		}
		return (double) (last - end);
	}

}
