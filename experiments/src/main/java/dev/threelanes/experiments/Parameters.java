package dev.threelanes.experiments;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The values of an experiment, which a reader may change.
 *
 * @param values the value of each parameter that the experiment uses, D and T among them,
 * since they bound every lane
 */
public record Parameters(Map<Parameter, Integer> values) {

	private static final int SHORT_ROUNDS = 500_000;

	public Parameters {
		EnumMap<Parameter, Integer> checked = new EnumMap<>(Parameter.class);
		values.forEach((parameter, value) -> checked.put(parameter, parameter.check(value)));
		if (!checked.containsKey(Parameter.DELAY_MS) || !checked.containsKey(Parameter.THREADS)) {
			throw new IllegalArgumentException("delayMs and threads are needed, there are only " + checked);
		}
		values = Collections.unmodifiableMap(checked);
	}

	/**
	 * D and T alone.
	 * @param delayMs D, how long the downstream takes, in milliseconds
	 * @param threads T, the size of a pool of request threads
	 */
	public Parameters(int delayMs, int threads) {
		this(Map.of(Parameter.DELAY_MS, delayMs, Parameter.THREADS, threads));
	}

	/**
	 * Reads values that were written {@linkplain #asMap() by name}.
	 * @param values the values
	 * @return the parameters
	 * @throws IllegalArgumentException if a name is unknown, one that is needed is
	 * missing, or a value is out of bounds
	 */
	public static Parameters of(Map<String, Integer> values) {
		EnumMap<Parameter, Integer> named = new EnumMap<>(Parameter.class);
		values.forEach((name, value) -> named.put(
				Parameter.of(name)
					.orElseThrow(() -> new IllegalArgumentException("There is no parameter '%s'".formatted(name))),
				value));
		return new Parameters(named);
	}

	/**
	 * Declares a further parameter.
	 * @param parameter the parameter
	 * @param value its value
	 * @return these and that
	 */
	public Parameters and(Parameter parameter, int value) {
		EnumMap<Parameter, Integer> more = new EnumMap<>(this.values);
		more.put(parameter, value);
		return new Parameters(more);
	}

	/**
	 * The value of a parameter.
	 * @param parameter the parameter
	 * @return its value
	 * @throws IllegalArgumentException if the experiment does not use it
	 */
	public int value(Parameter parameter) {
		Integer value = this.values.get(parameter);
		if (value == null) {
			throw new IllegalArgumentException(unknown(parameter.id()));
		}
		return value;
	}

	/**
	 * D, how long the downstream takes.
	 * @return milliseconds
	 */
	public int delayMs() {
		return value(Parameter.DELAY_MS);
	}

	/**
	 * D as a duration.
	 * @return the delay of the downstream
	 */
	public Duration delay() {
		return Duration.ofMillis(delayMs());
	}

	/**
	 * D in seconds, as the formulae want it.
	 * @return the delay of the downstream in seconds
	 */
	public double delaySeconds() {
		return delayMs() / 1000.0;
	}

	/**
	 * T, the size of a pool of request threads.
	 * @return the number of threads
	 */
	public int threads() {
		return value(Parameter.THREADS);
	}

	/**
	 * J, how many JVMs of a lane share the load.
	 * @return the number of JVMs; one where the experiment does not say
	 */
	public int jvms() {
		return this.values.getOrDefault(Parameter.JVMS, 1);
	}

	/**
	 * Changes one value.
	 * @param name the parameter's name
	 * @param value its new value, a whole number
	 * @return the changed parameters
	 * @throws IllegalArgumentException if the experiment does not use it or the value is
	 * out of bounds
	 */
	public Parameters with(String name, String value) {
		Parameter parameter = Parameter.of(name)
			.filter(this.values::containsKey)
			.orElseThrow(() -> new IllegalArgumentException(unknown(name)));
		return and(parameter, parameter.parse(value));
	}

	/**
	 * The same without computing that takes more than a few milliseconds.
	 * @return the parameters with at most 500,000 rounds
	 */
	Parameters withoutLongComputing() {
		Integer rounds = this.values.get(Parameter.ROUNDS);
		return (rounds != null) ? and(Parameter.ROUNDS, Math.min(rounds, SHORT_ROUNDS)) : this;
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
		Map<String, Integer> named = new LinkedHashMap<>();
		this.values.forEach((parameter, value) -> named.put(parameter.id(), value));
		return named;
	}

	private String unknown(String name) {
		return "There is no parameter '%s'; the parameters are %s".formatted(name,
				this.values.keySet().stream().map(Parameter::id).collect(Collectors.joining(", ")));
	}

}
