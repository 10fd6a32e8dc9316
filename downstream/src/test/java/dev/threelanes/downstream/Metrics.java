package dev.threelanes.downstream;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One reading of the service's metrics.
 *
 * @param values values by name and labels, as Prometheus writes them
 */
record Metrics(Map<String, Double> values) {

	private static final String LATENESS = "downstream_delay_lateness_seconds_bucket{le=\"";

	Metrics(String text) {
		this(Arrays.stream(text.split("\n"))
			.filter((line) -> !line.startsWith("#") && !line.isBlank())
			.collect(Collectors.toMap((line) -> line.substring(0, line.lastIndexOf(' ')),
					(line) -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))));
	}

	double value(String name) {
		Double value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("no metric " + name);
		}
		return value;
	}

	double inFlight() {
		return value("downstream_requests_in_flight");
	}

	double bucket(String histogram, String upperBound) {
		return value("downstream_delay_%s_seconds_bucket{le=\"%s\"}".formatted(histogram, upperBound));
	}

	/**
	 * The bound below which a share of the answers since an earlier reading lies.
	 * @param earlier the earlier reading
	 * @param share 0.99 for the 99th percentile
	 * @return the upper bound of its bucket, in milliseconds
	 */
	double latenessMillisSince(Metrics earlier, double share) {
		double count = value("downstream_delay_lateness_seconds_count")
				- earlier.value("downstream_delay_lateness_seconds_count");
		TreeMap<Double, Double> buckets = new TreeMap<>();
		this.values.forEach((name, value) -> {
			if (name.startsWith(LATENESS)) {
				String bound = name.substring(LATENESS.length(), name.length() - 2);
				buckets.put("+Inf".equals(bound) ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
						value - earlier.value(name));
			}
		});
		return buckets.entrySet()
			.stream()
			.filter((bucket) -> bucket.getValue() >= share * count)
			.findFirst()
			.orElseThrow()
			.getKey() * 1000;
	}

}
