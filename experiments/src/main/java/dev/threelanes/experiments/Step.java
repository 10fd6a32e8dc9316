package dev.threelanes.experiments;

import java.time.Duration;

/**
 * A stretch of offered load: constant where it is measured, rising where it warms up.
 *
 * @param name its name in every file and report, unique inside an experiment
 * @param fromRps users that arrive a second at its beginning
 * @param offeredRps λ, users that arrive a second at its end
 * @param duration for how long they arrive
 */
public record Step(String name, double fromRps, double offeredRps, Duration duration) {

	/**
	 * The name of the step that warms a lane up with short calls and is never measured.
	 */
	public static final String WARM_UP = "warm-up";

	/**
	 * The name of the step after it, with the experiment's own delay, which is not
	 * measured either.
	 */
	public static final String SETTLE = "settle";

	public Step {
		if (fromRps <= 0 || offeredRps <= 0 || !duration.isPositive()) {
			throw new IllegalArgumentException("rate and duration of step '%s' must be positive".formatted(name));
		}
	}

	/**
	 * A step of constant offered load.
	 * @param name its name
	 * @param offeredRps λ, users that arrive a second
	 * @param duration for how long they arrive
	 */
	public Step(String name, double offeredRps, Duration duration) {
		this(name, offeredRps, offeredRps, duration);
	}

	/**
	 * How many users arrive in this step.
	 * @return the number of users, rounded as the generator rounds it
	 */
	public long users() {
		return Math.round((this.fromRps + this.offeredRps) / 2 * this.duration.toNanos() / 1e9);
	}

	/**
	 * When a user is due. The rate rises linearly, so by time t there have arrived
	 * {@code N(t) = r₀·t + (r₁−r₀)·t²/(2d)} users; this is the t at which N(t) is the
	 * user's number.
	 * @param user the number of the user, from 0
	 * @return seconds after the step's beginning
	 */
	public double dueSeconds(long user) {
		double growth = (this.offeredRps - this.fromRps) / (this.duration.toNanos() / 1e9);
		// The root of the quadratic in the form that also holds for a growth of 0.
		return 2 * user / (this.fromRps + Math.sqrt(this.fromRps * this.fromRps + 2 * growth * user));
	}

}
