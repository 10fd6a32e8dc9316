package dev.threelanes.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The samples of one scrape in Prometheus' text format, as far as the lab needs it:
 * names, labels as text, and finite values.
 *
 * @param series the samples, in the order in which they were given
 */
record PrometheusText(List<Series> series) {

	PrometheusText {
		series = List.copyOf(series);
	}

	/**
	 * Reads a scrape; comments and what has no finite value are left out.
	 * @param text the text
	 * @return the samples
	 */
	static PrometheusText parse(String text) {
		List<Series> series = new ArrayList<>();
		text.lines().filter((line) -> !line.isBlank() && !line.startsWith("#")).forEach((line) -> {
			int open = line.indexOf('{');
			int close = line.lastIndexOf('}');
			boolean labelled = open >= 0 && close > open;
			int nameEnd = labelled ? open : line.indexOf(' ');
			if (nameEnd < 0) {
				return;
			}
			String labels = labelled ? line.substring(open + 1, close) : "";
			String[] rest = line.substring(labelled ? close + 1 : nameEnd).strip().split(" ");
			try {
				double value = Double.parseDouble(rest[0]);
				if (Double.isFinite(value)) {
					series.add(new Series(line.substring(0, nameEnd), labels, value));
				}
			}
			catch (NumberFormatException ex) {
				// +Inf and the like are no measurements.
			}
		});
		return new PrometheusText(series);
	}

	/**
	 * Adds up what is known under a name.
	 * @param name the sample's name
	 * @param labels parts that the labels must contain, {@code area="heap"} say
	 * @return the sum, or nothing if there is no such sample
	 */
	OptionalDouble sum(String name, String... labels) {
		double sum = 0;
		boolean found = false;
		for (Series candidate : this.series) {
			if (candidate.name().equals(name) && List.of(labels).stream().allMatch(candidate.labels()::contains)) {
				sum += candidate.value();
				found = true;
			}
		}
		return found ? OptionalDouble.of(sum) : OptionalDouble.empty();
	}

	/**
	 * One sample.
	 *
	 * @param name its name
	 * @param labels its labels as written, without the braces
	 * @param value its value
	 */
	record Series(String name, String labels, double value) {
	}

}
