package dev.threelanes.gatling;

import java.time.Duration;

/**
 * The moment at which a step begins on all injectors that share it.
 *
 * @param epochMillis the moment on the wall clock, in milliseconds since 1970
 * @param nanos the same moment on the clock of {@link System#nanoTime()}
 */
record Begin(long epochMillis, long nanos) {

	private static final long NANOS_OF_A_MILLI = 1_000_000;

	/**
	 * A moment on both clocks. They are read anew for each step, since one may drift
	 * against the other.
	 * @param epochMillis the moment, in milliseconds since 1970
	 * @return the moment
	 */
	static Begin at(long epochMillis) {
		return new Begin(epochMillis, epochMillis * NANOS_OF_A_MILLI - WallClock.epochNanosAtZero());
	}

	/**
	 * When a user is due.
	 * @param seconds how long after the beginning
	 * @return the moment, on the clock of {@link System#nanoTime()}
	 */
	long due(double seconds) {
		return this.nanos + Math.round(seconds * 1e9);
	}

	/**
	 * How long a user has to wait who is due, in whole milliseconds, which is what
	 * Gatling pauses for, and never too short.
	 * @param seconds how long after the beginning the user is due
	 * @return the time until then; zero if it has passed
	 */
	Duration until(double seconds) {
		return Duration.ofMillis(Math.max(0, Math.ceilDiv(due(seconds) - System.nanoTime(), NANOS_OF_A_MILLI)));
	}

	/**
	 * The wall clock at the zero of {@link System#nanoTime()}.
	 * @return nanoseconds since the epoch
	 */
	long epochNanosAtZero() {
		return this.epochMillis * NANOS_OF_A_MILLI - this.nanos;
	}

}
