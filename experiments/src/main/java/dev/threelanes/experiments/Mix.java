package dev.threelanes.experiments;

import java.time.Duration;

/**
 * Users who arrive by one clock at a constant rate and ask for different things: they
 * take turns by their number, so that nothing about it is left to chance.
 *
 * @param name its name, under which its parts belong together
 * @param offeredRps users of all parts that arrive a second
 * @param duration for how long they arrive
 * @param turn after how many users the turn begins anew
 */
public record Mix(String name, double offeredRps, Duration duration, int turn) {

	public Mix {
		if (offeredRps <= 0 || !duration.isPositive() || turn < 2) {
			throw new IllegalArgumentException(
					"rate and duration of mix '%s' must be positive, and a turn has two users".formatted(name));
		}
	}

	/**
	 * How many users of all parts arrive.
	 * @return the number of users
	 */
	public long users() {
		return Math.round(this.offeredRps * this.duration.toNanos() / 1e9);
	}

	/**
	 * How long a turn takes.
	 * @return seconds
	 */
	public double turnSeconds() {
		return this.turn / this.offeredRps;
	}

}
