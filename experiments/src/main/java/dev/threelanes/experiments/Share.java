package dev.threelanes.experiments;

import java.util.stream.LongStream;

/**
 * What one of several load generators takes over of every step: of N injectors, injector
 * i has each user whose number leaves the remainder i when divided by N. So each starts
 * at 1/N of the rate with a phase of its own, and all of them together are the same
 * schedule, user by user, as a single one.
 *
 * @param injectors N, how many generators share the load, 1 to {@value #MOST}
 * @param injector i, which of them this is, from 0
 */
public record Share(int injectors, int injector) {

	/** The most generators that can share a load. */
	public static final int MOST = 64;

	/** All of a load. */
	public static final Share WHOLE = new Share(1, 0);

	public Share {
		if (injectors < 1 || injectors > MOST) {
			throw new IllegalArgumentException("injectors must be between 1 and %d, not %d".formatted(MOST, injectors));
		}
		if (injector < 0 || injector >= injectors) {
			throw new IllegalArgumentException(
					"injector must be between 0 and %d, not %d".formatted(injectors - 1, injector));
		}
	}

	/**
	 * Whether there are others.
	 * @return {@code true} if this is not the whole load
	 */
	public boolean partial() {
		return this.injectors > 1;
	}

	/**
	 * The number of a user of this share among all users of a step.
	 * @param own its number in this share, from 0
	 * @return its number, from 0
	 */
	public long number(long own) {
		return own * this.injectors + this.injector;
	}

	/**
	 * When the users of this share are due.
	 * @param step a step; of a part, all users of its mix count, whoever they belong to
	 * @return seconds after the step's beginning, by the number of the user in this share
	 */
	public double[] arrivals(Step step) {
		return own(arriving(step)).mapToDouble((number) -> due(step, number)).toArray();
	}

	/**
	 * When those users of this share are due who are recorded under a step.
	 * @param step a step; of a part, only its own users count
	 * @return seconds after the step's beginning, rising
	 */
	public double[] recorded(Step step) {
		return own(arriving(step)).filter((number) -> !(step instanceof Step.Part part) || part.has(number))
			.mapToDouble((number) -> due(step, number))
			.toArray();
	}

	/**
	 * Makes sure that every step has a user for each of several injectors.
	 * @param experiment the experiment's name, for the message
	 * @param schedule its load
	 * @param injectors how many shall share it, 1 to {@value #MOST}
	 * @throws IllegalArgumentException if a step cannot be shared by so many
	 */
	public static void requireShareable(String experiment, Schedule schedule, int injectors) {
		new Share(injectors, 0);
		for (Step step : schedule.all()) {
			long most = (step instanceof Step.Waiting) ? 1 : arriving(step);
			if (injectors > most) {
				throw new IllegalArgumentException("%s cannot be shared by %d injectors: its step '%s' %s".formatted(
						experiment, injectors, step.name(),
						(step instanceof Step.Waiting)
								? "is one of callers whom another wakes and counts, which takes a single injector"
								: "has %d of them as its bound, since no more users arrive in it".formatted(most)));
			}
		}
	}

	private LongStream own(long users) {
		return LongStream.iterate(this.injector, (number) -> number < users, (number) -> number + this.injectors);
	}

	private static long arriving(Step step) {
		return switch (step) {
			case Step.Open open -> open.users();
			case Step.Part part -> part.mix().users();
			case Step.Burst burst -> burst.users();
			case Step.Closed closed -> closed.users();
			case Step.Held held -> held.users();
			case Step.Waiting waiting -> waiting.users();
		};
	}

	private static double due(Step step, long number) {
		return switch (step) {
			case Step.Open open -> open.dueSeconds(number);
			case Step.Part part -> number / part.mix().offeredRps();
			case Step.Burst burst -> 0;
			case Step.Closed closed -> 0;
			case Step.Held held -> number * (held.ramp().toNanos() / 1e9) / held.users();
			case Step.Waiting waiting -> number * (waiting.ramp().toNanos() / 1e9) / waiting.users();
		};
	}

}
