package dev.threelanes.experiments;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * What theory says before anything is measured, and how far a measurement may differ.
 */
public sealed interface Prediction {

	/**
	 * What is predicted.
	 * @return the quantity, which brings the unit
	 */
	Quantity quantity();

	/**
	 * The formula in the catalogue's symbols: D delay, T threads, λ offered rate, X
	 * throughput, ε overhead.
	 * @return the formula
	 */
	String formula();

	/**
	 * Where the formula comes from.
	 * @return the source
	 */
	String source();

	/**
	 * The band around the prediction.
	 * @return the band
	 */
	Band band();

	/**
	 * A value for a lane at a step.
	 *
	 * @param quantity what is predicted
	 * @param formula the formula for people
	 * @param source where it comes from
	 * @param band how far a measurement may differ
	 * @param model the formula for the machine
	 */
	record Value(Quantity quantity, String formula, String source, Band band, Model model) implements Prediction {
	}

	/**
	 * A limit that a lane at a step keeps to, where theory tells a side and no value.
	 *
	 * @param quantity what is predicted
	 * @param formula the formula for people
	 * @param source where it comes from
	 * @param side on which side of the limit a measurement lies
	 * @param band how far a measurement may lie on the other side
	 * @param model the limit for the machine
	 */
	record Limit(Quantity quantity, String formula, String source, Side side, Band band,
			Model model) implements Prediction {
	}

	/**
	 * Every lane has the same value at the same step, shown by an equivalence test
	 * against the band and not by the absence of a difference.
	 *
	 * @param quantity what is predicted
	 * @param formula the statement for people
	 * @param source where it comes from
	 * @param band how far two lanes may differ
	 */
	record Equivalence(Quantity quantity, String formula, String source, Band band) implements Prediction {
	}

	/**
	 * Each of some contenders needs no more of something than any of its rivals, but for
	 * noise: the choice of what was measured, not of what was said.
	 *
	 * @param quantity what is compared; less is better
	 * @param formula the statement for people
	 * @param source where it comes from
	 * @param band by how much a rival may be better and still be noise
	 * @param rivals the rivals of each contender, by their names
	 */
	record Best(Quantity quantity, String formula, String source, Band band,
			SortedMap<String, List<String>> rivals) implements Prediction {
	}

	/**
	 * A side of a limit.
	 */
	enum Side {

		/** The limit or more. */
		AT_LEAST("at least"),

		/** The limit or less. */
		AT_MOST("at most");

		private final String words;

		Side(String words) {
			this.words = words;
		}

		/**
		 * This side in words, as files and pages have it.
		 * @return {@code at least} or {@code at most}
		 */
		public String words() {
			return this.words;
		}

	}

	/**
	 * A formula as a function.
	 */
	@FunctionalInterface
	interface Model {

		/**
		 * Evaluates the formula.
		 * @param conditions what is known
		 * @return the predicted value in the quantity's unit, or nothing where the
		 * formula says nothing about this lane or load
		 */
		OptionalDouble value(Conditions conditions);

	}

}
