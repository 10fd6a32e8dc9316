package dev.threelanes.experiments;

import java.time.Duration;

/**
 * A stretch of constant offered load.
 *
 * @param name its name in every file and report, unique inside an experiment
 * @param offeredRps λ, users that arrive a second
 * @param duration for how long they arrive
 */
public record Step(String name, double offeredRps, Duration duration) {

	/** The name of the step that warms a lane up and is never measured. */
	public static final String WARM_UP = "warm-up";

	public Step {
		if (offeredRps <= 0 || !duration.isPositive()) {
			throw new IllegalArgumentException("rate and duration of step '%s' must be positive".formatted(name));
		}
	}

	/**
	 * How many users arrive in this step.
	 * @return the number of users, rounded as the generator rounds it
	 */
	public long users() {
		return Math.round(this.offeredRps * this.duration.toNanos() / 1e9);
	}

}
