package dev.threelanes.lane;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of the API with their bounds.
 */
enum Parameter {

	DELAY_MS("delayMs", 0, 30_000), CALLS("calls", 1, 10), ROUNDS("rounds", 1, 10_000_000),

	BLOCK_MS("blockMs", 0, 10_000), WHERE("where", "handler", "worker");

	private final String name;

	private final int min;

	private final int max;

	private final List<String> words;

	Parameter(String name, int min, int max) {
		this(name, min, max, List.of());
	}

	Parameter(String name, String... words) {
		this(name, 0, 0, List.of(words));
	}

	Parameter(String name, int min, int max, List<String> words) {
		this.name = name;
		this.min = min;
		this.max = max;
		this.words = words;
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
	 * Lets one of the words pass.
	 * @param value the value
	 * @return the value
	 * @throws ParameterException if it is none of them
	 */
	String check(String value) {
		if (!this.words.contains(value)) {
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

	/**
	 * The words that it takes.
	 * @return the words; none if it takes numbers
	 */
	List<String> words() {
		return this.words;
	}

	static Optional<Parameter> named(String name) {
		return Arrays.stream(values()).filter((parameter) -> parameter.name.equals(name)).findFirst();
	}

}
