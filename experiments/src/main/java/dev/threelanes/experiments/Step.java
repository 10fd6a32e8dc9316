package dev.threelanes.experiments;

import java.time.Duration;

/**
 * A stretch of load. Sealed, so that a new kind does not compile until every reader
 * handles it.
 */
public sealed interface Step {

	/**
	 * The name of the step that warms a lane up with short calls and is never measured.
	 */
	String WARM_UP = "warm-up";

	/**
	 * The name of the step after it, with the experiment's own delay, which is not
	 * measured either.
	 */
	String SETTLE = "settle";

	/**
	 * Its name in every file and report, unique inside an experiment.
	 * @return the name
	 */
	String name();

	/**
	 * For how long users arrive or come back.
	 * @return the duration, which is zero where all arrive at once
	 */
	Duration duration();

	/**
	 * The most requests that this step can have.
	 * @return how many to make room for
	 */
	long mostRequests();

	private static void requireArrivals(String name, int users, Duration ramp) {
		if (users < 1 || !ramp.isPositive()) {
			throw new IllegalArgumentException("step '%s' needs a user and time to arrive".formatted(name));
		}
	}

	/**
	 * An open load: users arrive at a rate, whether or not the lane keeps up. The rate is
	 * constant where it is measured and may rise where it warms up.
	 *
	 * @param name its name
	 * @param fromRps users that arrive a second at its beginning
	 * @param offeredRps λ, users that arrive a second at its end
	 * @param duration for how long they arrive
	 */
	record Open(String name, double fromRps, double offeredRps, Duration duration) implements Step {

		public Open {
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
		public Open(String name, double offeredRps, Duration duration) {
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

		@Override
		public long mostRequests() {
			// Room for whatever way the generator rounds the number of users.
			return users() + users() / 100 + 100;
		}

	}

	/**
	 * Users that all arrive at once, ask once, and are waited for.
	 *
	 * @param name its name
	 * @param users n, how many
	 */
	record Burst(String name, int users) implements Step {

		public Burst {
			if (users < 1) {
				throw new IllegalArgumentException("step '%s' needs a user".formatted(name));
			}
		}

		@Override
		public Duration duration() {
			return Duration.ZERO;
		}

		@Override
		public long mostRequests() {
			return this.users;
		}

	}

	/**
	 * Users that arrive evenly, ask once, and are all in progress at once before the
	 * first of them is answered.
	 *
	 * @param name its name
	 * @param users n, how many
	 * @param ramp for how long they arrive
	 */
	record Held(String name, int users, Duration ramp) implements Step {

		public Held {
			requireArrivals(name, users, ramp);
		}

		@Override
		public Duration duration() {
			return this.ramp;
		}

		@Override
		public long mostRequests() {
			return this.users;
		}

	}

	/**
	 * Callers that arrive evenly and wait until they are woken: exactly
	 * {@value #FIRST_WOKEN} of them first, all others afterwards.
	 *
	 * @param name its name
	 * @param users n, how many
	 * @param ramp for how long they arrive
	 * @param parked for how long all of them then wait before the first wake-up
	 */
	record Waiting(String name, int users, Duration ramp, Duration parked) implements Step {

		/** How many the first wake-up asks for. */
		public static final int FIRST_WOKEN = 2;

		/** The time between the wake-ups. */
		public static final Duration BETWEEN = Duration.ofSeconds(2);

		/** How long a caller waits who is never woken: as long as a lane lets one. */
		public static final Duration PATIENCE = Duration.ofSeconds(120);

		public Waiting {
			requireArrivals(name, users, ramp);
			if (parked.isNegative()) {
				throw new IllegalArgumentException("nobody waits for " + parked);
			}
		}

		/**
		 * For how long callers arrive, wait and are woken.
		 * @return the duration
		 */
		@Override
		public Duration duration() {
			return this.ramp.plus(this.parked).plus(BETWEEN.multipliedBy(2));
		}

		@Override
		public long mostRequests() {
			return this.users;
		}

	}

	/**
	 * A closed load: a number of users of whom each asks again as soon as it is answered.
	 *
	 * @param name its name
	 * @param users how many, and so the most requests in progress at once
	 * @param duration for how long they come back
	 */
	record Closed(String name, int users, Duration duration) implements Step {

		private static final int MOST_RPS = 20_000;

		public Closed {
			if (users < 1 || !duration.isPositive()) {
				throw new IllegalArgumentException("users and duration of step '%s' must be positive".formatted(name));
			}
		}

		@Override
		public long mostRequests() {
			return MOST_RPS * this.duration.toSeconds();
		}

	}

	/**
	 * A part of a mix: those of its users who ask for the same. All parts of a mix are
	 * offered together and each is recorded by itself, since a percentile over different
	 * requests means nothing.
	 *
	 * @param name its name
	 * @param mix what it is a part of
	 * @param first the place in the turn of the first of its users, from 0
	 * @param inTurn how many users of each turn it has; they follow each other
	 */
	record Part(String name, Mix mix, int first, int inTurn) implements Step {

		public Part {
			if (first < 0 || inTurn < 1 || first + inTurn > mix.turn()) {
				throw new IllegalArgumentException("part '%s' must have a place in its turn".formatted(name));
			}
		}

		/**
		 * Whether a user belongs to this part.
		 * @param user the number of the user among all of the mix, from 0
		 * @return {@code true} if so
		 */
		public boolean has(long user) {
			long place = user % this.mix.turn();
			return place >= this.first && place < this.first + this.inTurn;
		}

		/**
		 * λ of this part.
		 * @return users that arrive a second, on average over a turn
		 */
		public double offeredRps() {
			return this.mix.offeredRps() * this.inTurn / this.mix.turn();
		}

		/**
		 * How many of the mix' users belong to this part.
		 * @return the number of users
		 */
		public long users() {
			long all = this.mix.users();
			long left = all % this.mix.turn() - this.first;
			return all / this.mix.turn() * this.inTurn + Math.clamp(left, 0, this.inTurn);
		}

		/**
		 * When a user is due.
		 * @param user the number of the user in this part, from 0
		 * @return seconds after the mix' beginning
		 */
		public double dueSeconds(long user) {
			long number = user / this.inTurn * this.mix.turn() + this.first + user % this.inTurn;
			return number / this.mix.offeredRps();
		}

		@Override
		public Duration duration() {
			return this.mix.duration();
		}

		@Override
		public long mostRequests() {
			// Room for whatever way the generator rounds the number of users.
			return users() + users() / 100 + 100;
		}

	}

}
