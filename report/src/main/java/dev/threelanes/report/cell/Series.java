package dev.threelanes.report.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One metric over time.
 */
public final class Series {

	private final long[] moments;

	private final double[] values;

	/**
	 * Takes a column of samples.
	 * @param moments when samples were taken, in milliseconds since 1970, rising
	 * @param values the values, not a number where there is none
	 */
	Series(long[] moments, double[] values) {
		int[] present = IntStream.range(0, values.length).filter((place) -> !Double.isNaN(values[place])).toArray();
		boolean all = present.length == values.length;
		this.moments = all ? moments : Arrays.stream(present).mapToLong((place) -> moments[place]).toArray();
		this.values = all ? values : Arrays.stream(present).mapToDouble((place) -> values[place]).toArray();
	}

	/**
	 * The moments and values, in the order of time.
	 * @return the values by their moment in milliseconds since 1970
	 */
	public List<Map.Entry<Long, Double>> points() {
		List<Map.Entry<Long, Double>> points = new ArrayList<>();
		for (int i = 0; i < this.moments.length; i++) {
			points.add(Map.entry(this.moments[i], this.values[i]));
		}
		return points;
	}

	/**
	 * The value at a moment, on the straight line between the samples around it.
	 * @param epochMillis the moment
	 * @return the value, or nothing before the first sample or after the last
	 */
	public OptionalDouble at(long epochMillis) {
		int after = first(epochMillis);
		if (after == this.moments.length) {
			return OptionalDouble.empty();
		}
		if (this.moments[after] == epochMillis) {
			return OptionalDouble.of(this.values[after]);
		}
		if (after == 0) {
			return OptionalDouble.empty();
		}
		int before = after - 1;
		double share = (epochMillis - this.moments[before]) / (double) (this.moments[after] - this.moments[before]);
		return OptionalDouble.of(this.values[before] + share * (this.values[after] - this.values[before]));
	}

	/**
	 * By how much the value grew.
	 * @param from a moment, in milliseconds since 1970
	 * @param to a later moment
	 * @return the growth, or nothing if the samples do not cover it
	 */
	public OptionalDouble growth(long from, long to) {
		OptionalDouble first = at(from);
		OptionalDouble last = at(to);
		return (first.isPresent() && last.isPresent()) ? OptionalDouble.of(last.getAsDouble() - first.getAsDouble())
				: OptionalDouble.empty();
	}

	/**
	 * The samples of a stretch of time.
	 * @param from a moment, in milliseconds since 1970
	 * @param to a later moment, included
	 * @return the values by their moment
	 */
	public NavigableMap<Long, Double> between(long from, long to) {
		NavigableMap<Long, Double> points = new TreeMap<>();
		for (int i = first(from); i < this.moments.length && this.moments[i] <= to; i++) {
			points.put(this.moments[i], this.values[i]);
		}
		return points;
	}

	/**
	 * The largest sampled value.
	 * @param from a moment, in milliseconds since 1970
	 * @param to a later moment, included
	 * @return the value, or nothing if there is no sample in between
	 */
	public OptionalDouble max(long from, long to) {
		return IntStream.range(first(from), this.moments.length)
			.takeWhile((place) -> this.moments[place] <= to)
			.mapToDouble((place) -> this.values[place])
			.max();
	}

	// The place of the first sample then or later.
	private int first(long epochMillis) {
		int place = Arrays.binarySearch(this.moments, epochMillis);
		return (place >= 0) ? place : -place - 1;
	}

}
