package dev.threelanes.experiments;

/**
 * A figure that theory can predict and a run can measure.
 */
public enum Quantity {

	/** X, correct answers a second. */
	THROUGHPUT("throughput", "1/s"),

	/** By how many seconds the wait grows in each second of a step. */
	WAIT_GROWTH("growth of the wait", "s/s"),

	/** The median time to the answer. */
	MEDIAN_LATENCY("median latency", "ms"),

	/** The time to the answer that nine of ten do not exceed. */
	P90_LATENCY("90th percentile of latency", "ms"),

	/** From the first start of a burst to its last answer. */
	MAKESPAN("time to the last answer", "ms"),

	/** How many answers of a burst came before a second one could follow them. */
	FIRST_WAVE("answers in the first wave", "answers"),

	/** CPU time of the lane for a correct answer. */
	CPU_PER_REQUEST("CPU time a request", "ms");

	private final String title;

	private final String unit;

	Quantity(String title, String unit) {
		this.title = title;
		this.unit = unit;
	}

	/**
	 * The quantity's name for people.
	 * @return the title
	 */
	public String title() {
		return this.title;
	}

	/**
	 * The unit of its values.
	 * @return the unit
	 */
	public String unit() {
		return this.unit;
	}

}
