package dev.threelanes.experiments;

import java.time.Duration;
import java.util.Locale;

/**
 * How much time a run spends: the experiments stay the same.
 */
public enum Profile {

	/**
	 * The whole pipeline in seconds a step, at a tenth of the load: for tests, not for
	 * results.
	 */
	SMOKE(500, Duration.ofSeconds(6), Duration.ofSeconds(2), Duration.ofSeconds(3), 1),

	/** One fork and short steps: the default, minutes a run. */
	QUICK(700, Duration.ofSeconds(18), Duration.ofSeconds(10), Duration.ofSeconds(6), 1),

	/** Forks and long steps, so that intervals can be given. */
	FULL(1000, Duration.ofSeconds(40), Duration.ofSeconds(80), Duration.ofSeconds(30), 5);

	private final double warmUpRps;

	private final Duration warmUp;

	private final Duration settle;

	private final Duration step;

	private final int forks;

	Profile(double warmUpRps, Duration warmUp, Duration settle, Duration step, int forks) {
		this.warmUpRps = warmUpRps;
		this.warmUp = warmUp;
		this.settle = settle;
		this.step = step;
		this.forks = forks;
	}

	/**
	 * The name of this profile on the command line and in files.
	 * @return the identifier
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The rate that the warm-up rises to, and it rises as fast as a cold lane can follow
	 * while the compiler takes half of two processors.
	 * @return requests a second
	 */
	public double warmUpRps() {
		return this.warmUpRps;
	}

	/**
	 * How long a fresh lane is driven with short calls.
	 * @return the length of the first part of the warm-up
	 */
	public Duration warmUp() {
		return this.warmUp;
	}

	/**
	 * How long it is then driven with the experiment's own delay before anything is
	 * measured.
	 * @return the length of the second part of the warm-up
	 */
	public Duration settle() {
		return this.settle;
	}

	/**
	 * How long a step of constant offered load lasts.
	 * @return the length of a step
	 */
	public Duration step() {
		return this.step;
	}

	/**
	 * How many fresh JVMs each lane is measured in.
	 * @return the number of forks
	 */
	public int forks() {
		return this.forks;
	}

	/**
	 * Finds a profile by its {@linkplain #id() identifier}.
	 * @param id the identifier
	 * @return the profile
	 * @throws IllegalArgumentException if there is no such profile
	 */
	public static Profile of(String id) {
		for (Profile profile : values()) {
			if (profile.id().equals(id)) {
				return profile;
			}
		}
		throw new IllegalArgumentException(
				"There is no profile '%s'; the profiles are smoke, quick, full".formatted(id));
	}

}
