package dev.threelanes.experiments;

import java.util.Arrays;
import java.util.Optional;

/**
 * A value that a reader may change to match a system of their own. An experiment declares
 * those that it uses.
 */
public enum Parameter {

	/** D, how long the downstream or a query takes, in milliseconds. */
	DELAY_MS("delayMs", "D", 1, 30_000),

	/** T, the size of a pool of request threads. */
	THREADS("threads", "T", 1, 10_000),

	/** P, how many may be in the limited section of {@code /api/limited} at once. */
	PERMITS("permits", "P", 1, 10_000),

	/** P, the most connections from a lane to the downstream. */
	CONNECTIONS("connections", "P", 1, 10_000),

	/** P, the most connections from a lane to the database. */
	DB_CONNECTIONS("dbConnections", "P", 1, 90),

	/** A, how many requests a lane lets in at once; 0 for any number. */
	ADMITTED("admitted", "A", 0, 10_000),

	/** R, how long a lane waits for the downstream's answer, in milliseconds. */
	TIMEOUT_MS("timeoutMs", "R", 100, 60_000),

	/** F, how long the downstream fails, in milliseconds. */
	STALL_MS("stallMs", "F", 1000, 60_000),

	/** n, how many requests are held at once. */
	REQUESTS("requests", "n", 1, 10_000),

	/** The heap of a lane's JVM, in MiB. */
	HEAP_MB("heapMb", "H", 256, 65_536),

	/**
	 * L, the event loops of a lane that has them and the carriers of one with virtual
	 * threads: how many requests such a lane can run, not merely hold, at once.
	 */
	LOOPS("loops", "L", 1, 64),

	/** The rounds of computing of {@code /api/cpu} and {@code /api/mixed}. */
	ROUNDS("rounds", "r", 1, 100_000_000),

	/** J, how many JVMs of a lane share the load behind a balancer. */
	JVMS("jvms", "J", 1, 16),

	/**
	 * c, the processors that the lane may run on: what a run finds, unless a reader says
	 * otherwise.
	 */
	PROCESSORS("processors", "c", 1, 1024);

	private final String id;

	private final String symbol;

	private final int min;

	private final int max;

	Parameter(String id, String symbol, int min, int max) {
		this.id = id;
		this.symbol = symbol;
		this.min = min;
		this.max = max;
	}

	/**
	 * The name of this parameter on the command line and in files.
	 * @return the identifier
	 */
	public String id() {
		return this.id;
	}

	/**
	 * The symbol of this parameter in formulae.
	 * @return a letter
	 */
	public String symbol() {
		return this.symbol;
	}

	/**
	 * Lets a value within the bounds pass.
	 * @param value the value
	 * @return the value
	 * @throws IllegalArgumentException if it is out of bounds
	 */
	int check(int value) {
		if (value < this.min || value > this.max) {
			throw new IllegalArgumentException(
					"%s must be between %d and %d, not %d".formatted(this.id, this.min, this.max, value));
		}
		return value;
	}

	int parse(String value) {
		try {
			return check(Integer.parseInt(value));
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("%s must be a whole number, not '%s'".formatted(this.id, value), ex);
		}
	}

	static Optional<Parameter> of(String id) {
		return Arrays.stream(values()).filter((parameter) -> parameter.id.equals(id)).findFirst();
	}

}
