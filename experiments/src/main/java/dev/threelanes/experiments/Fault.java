package dev.threelanes.experiments;

import java.time.Duration;

/**
 * A way in which the downstream fails on demand. Sealed, so that a new one does not
 * compile until every reader handles it.
 */
public sealed interface Fault {

	/**
	 * It takes requests and never answers them.
	 */
	record Hang() implements Fault {
	}

	/**
	 * It resets the connection of every request.
	 */
	record Reset() implements Fault {
	}

	/**
	 * Its answers are right and late.
	 *
	 * @param by how much later they come
	 */
	record Slow(Duration by) implements Fault {

		public Slow {
			if (!by.isPositive()) {
				throw new IllegalArgumentException("a delay must be positive, not " + by);
			}
		}

	}

	/**
	 * Some of its answers are errors.
	 *
	 * @param percent how many of a hundred, 1 to 100
	 */
	record Errors(int percent) implements Fault {

		public Errors {
			if (percent < 1 || percent > 100) {
				throw new IllegalArgumentException("percent must be between 1 and 100, not " + percent);
			}
		}

	}

}
