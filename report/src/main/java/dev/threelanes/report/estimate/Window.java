package dev.threelanes.report.estimate;

import dev.threelanes.report.cell.Timeline;

/**
 * The stretch of a step in which arriving answers are counted.
 * <p>
 * It begins with the first answers, W = D + ε after the first request, and is a whole
 * number of W long. A full pool of T threads serves in waves: what started together ends
 * together, so that answers come T at a time with period W, and a window that is not a
 * whole number of periods long counts a wave too many or too few. (One of seconds, say,
 * would be off by up to a twelfth in a step of six seconds with W = 0.5 s.) Below the cap
 * answers arrive evenly and any window would do. What arrives after the step's end is
 * left out, because a queue that is worked off without new arrivals says nothing about
 * the offered load.
 * <p>
 * A step shorter than 2·W has no such window: there it is as long as the step itself,
 * from W to W after its end. Where an answer takes no time to speak of, the window is the
 * step.
 *
 * @param fromSeconds its begin, in seconds after the step's first start
 * @param toSeconds its end, in seconds after the step's first start
 */
public record Window(double fromSeconds, double toSeconds) {

	private static final double LET_IN = 0.1;

	/**
	 * The window of a step.
	 * @param serviceSeconds W = D + ε
	 * @param stepSeconds for how long users arrived
	 * @return the window
	 */
	public static Window of(double serviceSeconds, double stepSeconds) {
		if (serviceSeconds <= 0) {
			return new Window(0, stepSeconds);
		}
		if (stepSeconds < 2 * serviceSeconds) {
			return new Window(serviceSeconds, stepSeconds + serviceSeconds);
		}
		// A step that is a whole number of periods long must not lose one to rounding.
		double periods = Math.floor((stepSeconds - serviceSeconds) / serviceSeconds + 1e-9);
		return new Window(serviceSeconds, serviceSeconds * (1 + periods));
	}

	/**
	 * The window in the second half of a step: again a whole number of W long, if that
	 * half is longer than W.
	 * @param serviceSeconds W = D + ε
	 * @param stepSeconds for how long users arrived
	 * @return the window
	 */
	public static Window late(double serviceSeconds, double stepSeconds) {
		double half = stepSeconds / 2;
		double periods = Math.floor(half / serviceSeconds + 1e-9);
		return new Window(half, (periods >= 1) ? half + periods * serviceSeconds : stepSeconds);
	}

	/**
	 * The window of a step whose users ask again when answered: all but the first tenth,
	 * in which they are let in.
	 * @param stepSeconds for how long they came back
	 * @return the window
	 */
	public static Window ofClosed(double stepSeconds) {
		return new Window(stepSeconds * LET_IN, stepSeconds);
	}

	/**
	 * The length of this window.
	 * @return seconds
	 */
	public double seconds() {
		return this.toSeconds - this.fromSeconds;
	}

	/**
	 * Goodput: correct answers that arrived in this window, a second. Those later than
	 * the experiment's time limit are none, since the generator gives up on them. Bins
	 * that lie partly inside count by their share.
	 * @param timeline the step's record
	 * @return answers a second
	 */
	public double goodputRps(Timeline timeline) {
		double answered = 0;
		// The bin before the first may reach into this window.
		int begin = Math.max(0, timeline.first((long) (1000 * this.fromSeconds)) - 1);
		int end = timeline.first((long) Math.ceil(1000 * this.toSeconds));
		for (int i = begin; i < end; i++) {
			double from = timeline.index(i) * Timeline.BIN_MILLIS / 1000.0;
			double to = from + Timeline.BIN_MILLIS / 1000.0;
			double overlap = Math.min(to, this.toSeconds) - Math.max(from, this.fromSeconds);
			if (overlap > 0) {
				answered += timeline.answered(i) * overlap / (to - from);
			}
		}
		return answered / seconds();
	}

}
