package dev.threelanes.report.cell;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * One metric over time.
 */
public final class Series {

	private final NavigableMap<Long, Double> points = new TreeMap<>();

	/**
	 * Takes one metric out of all samples.
	 * @param samples the samples
	 * @param metric the metric
	 */
	public Series(Samples samples, Metric metric) {
		for (Sample sample : samples.samples()) {
			sample.value(metric).ifPresent((value) -> this.points.put(sample.epochMillis(), value));
		}
	}

	/**
	 * The moments and values, in the order of time.
	 * @return the values by their moment in milliseconds since 1970
	 */
	public List<Map.Entry<Long, Double>> points() {
		return List.copyOf(this.points.entrySet());
	}

	/**
	 * The value at a moment, on the straight line between the samples around it.
	 * @param epochMillis the moment
	 * @return the value, or nothing before the first sample or after the last
	 */
	public OptionalDouble at(long epochMillis) {
		Map.Entry<Long, Double> before = this.points.floorEntry(epochMillis);
		Map.Entry<Long, Double> after = this.points.ceilingEntry(epochMillis);
		if (before == null || after == null) {
			return OptionalDouble.empty();
		}
		if (before.getKey().equals(after.getKey())) {
			return OptionalDouble.of(before.getValue());
		}
		double share = (epochMillis - before.getKey()) / (double) (after.getKey() - before.getKey());
		return OptionalDouble.of(before.getValue() + share * (after.getValue() - before.getValue()));
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
		return this.points.subMap(from, true, to, true);
	}

	/**
	 * The largest sampled value.
	 * @param from a moment, in milliseconds since 1970
	 * @param to a later moment, included
	 * @return the value, or nothing if there is no sample in between
	 */
	public OptionalDouble max(long from, long to) {
		return this.points.subMap(from, true, to, true).values().stream().mapToDouble(Double::doubleValue).max();
	}

}
