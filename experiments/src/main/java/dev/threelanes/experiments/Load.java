package dev.threelanes.experiments;

import java.util.List;

/**
 * How requests arrive. Sealed, so that a new kind of load does not compile until every
 * reader handles it.
 */
public sealed interface Load {

	/**
	 * An open load that rises in steps: users arrive at a constant rate whether or not
	 * the service keeps up. Between steps all users are waited for, so that one step's
	 * queue is never the next one's.
	 *
	 * @param multiples the offered rate of each step, as a multiple of
	 * {@linkplain Parameters#threadPoolCapRps() T/D}, rising
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

}
