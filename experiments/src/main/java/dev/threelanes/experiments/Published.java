package dev.threelanes.experiments;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the source of an experiment measured itself: how long n requests at once took.
 *
 * @param source who measured it
 * @param delaySeconds D there, by which figures of another D can be set beside these
 * @param series the figures, by what was measured
 */
public record Published(String source, double delaySeconds, List<Series> series) {

	public Published {
		series = List.copyOf(series);
		if (delaySeconds <= 0) {
			throw new IllegalArgumentException("the source's delay must be positive, not " + delaySeconds);
		}
	}

	/**
	 * The figures of one of the things that the source measured.
	 *
	 * @param title the source's name for it
	 * @param contenders which contenders stand for it here, by their names
	 * @param seconds the time to the last answer, in seconds, by n
	 */
	public record Series(String title, Set<String> contenders, SortedMap<Integer, Double> seconds) {

		public Series {
			contenders = Set.copyOf(contenders);
			seconds = Collections.unmodifiableSortedMap(new TreeMap<>(seconds));
		}

	}

}
