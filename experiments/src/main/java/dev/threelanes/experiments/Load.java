package dev.threelanes.experiments;

import java.util.List;
import java.util.function.Function;

/**
 * How requests arrive. Sealed, so that a new kind of load does not compile until every
 * reader handles it.
 */
public sealed interface Load {

	/**
	 * The load's kind in files: users who arrive by the clock, all at once, or after
	 * their last answer.
	 * @return {@code open}, {@code burst} or {@code closed}
	 */
	default String kind() {
		return switch (this) {
			case Rising rising -> "open";
			case Variants variants -> "open";
			case Bursts bursts -> "burst";
			case Closed closed -> "closed";
			case Cold cold -> "open";
		};
	}

	private static void requireRising(List<Integer> users) {
		if (users.isEmpty() || users.getFirst() < 1 || !users.equals(users.stream().distinct().sorted().toList())) {
			throw new IllegalArgumentException("numbers of users must be positive and rise: " + users);
		}
	}

	/**
	 * An open load that rises in steps: users arrive at a constant rate whether or not
	 * the service keeps up. Between steps all users are waited for, so that one step's
	 * queue is never the next one's.
	 *
	 * @param multiples the offered rate of each step, as a multiple of
	 * {@linkplain Bound#rps(Parameters) the cap}, rising
	 * @param stretch how many times the profile's step length a step lasts, at least 1
	 */
	record Rising(List<Double> multiples, int stretch) implements Load {

		public Rising {
			multiples = List.copyOf(multiples);
			if (multiples.isEmpty() || !multiples.equals(multiples.stream().distinct().sorted().toList())
					|| multiples.getFirst() <= 0) {
				throw new IllegalArgumentException("multiples must be positive and rise: " + multiples);
			}
			if (stretch < 1) {
				throw new IllegalArgumentException("stretch must be at least 1, not " + stretch);
			}
		}

	}

	/**
	 * An open load that stays the same while what is asked for changes from step to step.
	 *
	 * @param variants what is asked for in each step
	 * @param multiple the offered rate, as a multiple of
	 * {@linkplain Bound#rps(Parameters) the cap}
	 */
	record Variants(List<Variant> variants, double multiple) implements Load {

		public Variants {
			variants = List.copyOf(variants);
			if (variants.isEmpty() || multiple <= 0) {
				throw new IllegalArgumentException("there must be variants and load");
			}
		}

		Variant variant(String step) {
			return this.variants.stream()
				.filter((variant) -> variant.name().equals(step))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("There is no step '%s'".formatted(step)));
		}

	}

	/**
	 * Users that arrive all at once, more in each step; before the next step all are
	 * waited for.
	 *
	 * @param users n of each step, rising; the first is 1, which tells ε
	 */
	record Bursts(List<Integer> users) implements Load {

		public Bursts {
			users = List.copyOf(users);
			requireRising(users);
			if (users.getFirst() != 1) {
				throw new IllegalArgumentException("the first burst must be of a single user: " + users);
			}
		}

	}

	/**
	 * Users of whom each asks again as soon as it is answered.
	 *
	 * @param users how many in each step, rising
	 */
	record Closed(List<Integer> users) implements Load {

		public Closed {
			users = List.copyOf(users);
			requireRising(users);
		}

	}

	/**
	 * An open load at a constant rate on a lane that has answered no request before. What
	 * comes first is asked of the downstream and not of the lane, so that the generator
	 * is warm and only the lane is cold.
	 *
	 * @param multiple the offered rate, as a multiple of
	 * {@linkplain Bound#rps(Parameters) the cap}, positive
	 * @param stretch how many times the profile's step length the load lasts, at least 1
	 */
	record Cold(double multiple, int stretch) implements Load {

		/** The name of the one step. */
		public static final String STEP = "cold start";

		public Cold {
			if (multiple <= 0 || stretch < 1) {
				throw new IllegalArgumentException("there must be load, and time for it");
			}
		}

	}

	/**
	 * What is asked for in a step.
	 *
	 * @param name the step's name
	 * @param request the request
	 */
	record Variant(String name, Function<Parameters, Request> request) {
	}

}
