package dev.threelanes.lane;

import java.util.Arrays;
import java.util.Optional;

/**
 * The parameters of the API with their bounds.
 */
enum Parameter {

	DELAY_MS("delayMs", 0, 30_000), CALLS("calls", 1, 10),

	TIMEOUT_MS("timeoutMs", 1, 120_000), WAKE("wake", 1, 100_000, "all");

	private final String name;

	private final int min;

	private final int max;

	private final String unbounded;

	Parameter(String name, int min, int max) {
		this(name, min, max, null);
	}

	Parameter(String name, int min, int max, String unbounded) {
		this.name = name;
		this.min = min;
		this.max = max;
		this.unbounded = unbounded;
	}

	/**
	 * Lets a value within the bounds pass.
	 * @param value the value
	 * @return the value
	 * @throws ParameterException if it is out of bounds
	 */
	int check(int value) {
		if (value < this.min || value > this.max) {
			throw new ParameterException(this);
		}
		return value;
	}

	/**
	 * Reads a value, or the word for as many as there are.
	 * @param value the value
	 * @return the value
	 * @throws ParameterException if it is out of bounds or cannot be read
	 */
	int parse(String value) {
		if (value.equals(this.unbounded)) {
			return Integer.MAX_VALUE;
		}
		try {
			return check(Integer.parseInt(value));
		}
		catch (NumberFormatException ex) {
			throw new ParameterException(this);
		}
	}

	/**
	 * What the value must be.
	 * @return the end of a sentence
	 */
	String demand() {
		String bounds = "a whole number from %d to %d".formatted(this.min, this.max);
		return (this.unbounded != null) ? bounds + ", or " + this.unbounded : bounds;
	}

	String parameterName() {
		return this.name;
	}

	int min() {
		return this.min;
	}

	int max() {
		return this.max;
	}

	static Optional<Parameter> named(String name) {
		return Arrays.stream(values()).filter((parameter) -> parameter.name.equals(name)).findFirst();
	}

}
