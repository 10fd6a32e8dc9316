package dev.threelanes.lane;

import java.util.Arrays;
import java.util.Optional;

/**
 * The parameters of the API with their bounds.
 */
enum Parameter {

	DELAY_MS("delayMs", 0, 30_000), CALLS("calls", 1, 10), ROUNDS("rounds", 1, 10_000_000);

	private final String name;

	private final int min;

	private final int max;

	Parameter(String name, int min, int max) {
		this.name = name;
		this.min = min;
		this.max = max;
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
