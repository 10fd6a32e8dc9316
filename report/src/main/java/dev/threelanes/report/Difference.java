package dev.threelanes.report;

import org.jspecify.annotations.Nullable;

/**
 * What one figure did between two runs.
 *
 * @param experiment the experiment's name
 * @param lane the lane
 * @param step the step
 * @param figure the figure, with its unit
 * @param before its mean over forks in the first run; absent if not valid
 * @param after its mean over forks in the second run; absent if not valid
 * @param low the lower end of the 95 % interval of after − before; absent with fewer than
 * three forks in either
 * @param high its upper end
 * @param change what that amounts to
 */
public record Difference(String experiment, String lane, String step, String figure, @Nullable Double before,
		@Nullable Double after, @Nullable Double low, @Nullable Double high, Change change) {

	/**
	 * What a difference amounts to.
	 */
	public enum Change {

		/** The whole interval lies on the better side of no difference. */
		BETTER("better"),

		/** The whole interval lies on the worse side of no difference. */
		WORSE("WORSE"),

		/** No difference lies inside the interval. */
		EQUAL("equal within noise"),

		/** There are fewer than three forks, and so no interval. */
		UNKNOWN("unknown: fewer than three forks"),

		/** One of the two may not be quoted. */
		INVALID("INVALID");

		private final String words;

		Change(String words) {
			this.words = words;
		}

		/**
		 * The change in words for people.
		 * @return the words
		 */
		public String words() {
			return this.words;
		}

	}

}
