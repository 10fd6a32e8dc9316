package dev.threelanes.report.cell;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What was seen at one moment.
 *
 * @param epochMillis the moment, in milliseconds since 1970
 * @param values the values; a metric that was not measured is absent, never 0
 */
public record Sample(long epochMillis, Map<Metric, Double> values) {

	public Sample {
		Map<Metric, Double> copy = new EnumMap<>(Metric.class);
		copy.putAll(values);
		values = Collections.unmodifiableMap(copy);
	}

	/**
	 * The value of a metric.
	 * @param metric the metric
	 * @return its value in its unit, or nothing if it was not measured
	 */
	public OptionalDouble value(Metric metric) {
		Double value = this.values.get(metric);
		return (value != null) ? OptionalDouble.of(value) : OptionalDouble.empty();
	}

}
