package dev.threelanes.lane;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of the API with their bounds.
 */
enum Parameter {

	DELAY_MS("delayMs", 0, 30_000), CALLS("calls", 1, 10), ROUNDS("rounds", 1, 100_000_000),

	BLOCK_MS("blockMs", 0, 10_000), WHERE("where", "handler", "worker", "monitor"),

	TIMEOUT_MS("timeoutMs", 1, 120_000), WAKE("wake", 1, 100_000, "all");

	private final String name;

	private final int min;

	private final int max;

	private final List<String> words;

	Parameter(String name, int min, int max, String... words) {
		this.name = name;
		this.min = min;
		this.max = max;
		this.words = List.of(words);
	}

	Parameter(String name, String... words) {
		this(name, 0, -1, words);
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

	/**
	 * Reads a number, or the word for as many as there are.
	 * @param value the value
	 * @return the number
	 * @throws ParameterException if it is out of bounds or cannot be read
	 */
	int parse(String value) {
		if (this.words.contains(value)) {
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
		String alternatives = String.join(" or ", this.words);
		if (!numeric()) {
			return alternatives;
		}
		String bounds = "a whole number from %d to %d".formatted(this.min, this.max);
		return this.words.isEmpty() ? bounds : bounds + ", or " + alternatives;
	}

	boolean numeric() {
		return this.min <= this.max;
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
	 * @return the words; none if it takes only numbers
	 */
	List<String> words() {
		return this.words;
	}

	static Optional<Parameter> named(String name) {
		return Arrays.stream(values()).filter((parameter) -> parameter.name.equals(name)).findFirst();
	}

}
