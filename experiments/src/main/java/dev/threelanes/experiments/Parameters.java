package dev.threelanes.experiments;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values that a reader may change to match a system of their own.
 *
 * @param delayMs D, how long the downstream takes, in milliseconds, 1 to 30,000
 * @param threads T, the size of a pool of request threads, 1 to 10,000
 */
public record Parameters(int delayMs, int threads) {

	public Parameters {
		requireWithin("delayMs", delayMs, 1, 30_000);
		requireWithin("threads", threads, 1, 10_000);
	}

	/**
	 * D as a duration.
	 * @return the delay of the downstream
	 */
	public Duration delay() {
		return Duration.ofMillis(this.delayMs);
	}

	/**
	 * D in seconds, as the formulae want it.
	 * @return the delay of the downstream in seconds
	 */
	public double delaySeconds() {
		return this.delayMs / 1000.0;
	}

	/**
	 * T/D, the most that a pool of T threads can carry when each request holds a thread
	 * for D: Little's law, L = λW, with L = T and W = D.
	 * @return requests a second
	 */
	public double threadPoolCapRps() {
		return this.threads / delaySeconds();
	}

	/**
	 * Changes one value.
	 * @param name the parameter's name
	 * @param value its new value, a whole number
	 * @return the changed parameters
	 * @throws IllegalArgumentException if the name is unknown or the value out of bounds
	 */
	public Parameters with(String name, String value) {
		return switch (name) {
			case "delayMs" -> new Parameters(parse(name, value), this.threads);
			case "threads" -> new Parameters(this.delayMs, parse(name, value));
			default -> throw new IllegalArgumentException("There is no parameter '%s'; the parameters are %s"
				.formatted(name, String.join(", ", asMap().keySet())));
		};
	}

	/**
	 * Changes several values.
	 * @param values new values by name
	 * @return the changed parameters
	 * @throws IllegalArgumentException if a name is unknown or a value out of bounds
	 */
	public Parameters with(Map<String, String> values) {
		Parameters changed = this;
		for (Map.Entry<String, String> entry : values.entrySet()) {
			changed = changed.with(entry.getKey(), entry.getValue());
		}
		return changed;
	}

	/**
	 * All values by name, in a fixed order.
	 * @return the values
	 */
	public Map<String, Integer> asMap() {
		Map<String, Integer> values = new LinkedHashMap<>();
		values.put("delayMs", this.delayMs);
		values.put("threads", this.threads);
		return values;
	}

	private static int parse(String name, String value) {
		try {
			return Integer.parseInt(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("%s must be a whole number, not '%s'".formatted(name, value), ex);
		}
	}

	private static void requireWithin(String name, int value, int min, int max) {
		if (value < min || value > max) {
			throw new IllegalArgumentException("%s must be between %d and %d, not %d".formatted(name, min, max, value));
		}
	}

}
