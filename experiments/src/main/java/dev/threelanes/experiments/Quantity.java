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

	/** Correct answers a second in the second half of a step. */
	LATE_THROUGHPUT("throughput in the second half", "1/s"),

	/** How many of a hundred refusals came within 50 ms. */
	PROMPT_REFUSALS("refusals within 50 ms", "%"),

	/** From the end of a fault until 95 % of the normal answers come again. */
	RECOVERY("recovery", "ms"),

	/** The longest time to an answer or a failure. */
	LONGEST("longest time to an end", "ms"),

	/** The most requests that the lane was handling at once. */
	IN_FLIGHT("most requests in flight", "requests"),

	/** Requests without a correct answer. */
	FAILURES("failed requests", "requests"),

	/** How many of those who waited received the event that was to wake two. */
	WOKEN_FIRST("callers woken by wake=2", "callers"),

	/** How many received the event that was to wake all others. */
	WOKEN_THEN("callers woken by wake=all", "callers"),

	/**
	 * By how many a lane's count of those whom it woke differs from those who were, both
	 * wake-ups together.
	 */
	MISCOUNTED("callers woken and not counted, or counted and not woken", "callers"),

	/** CPU time of the lane for a correct answer. */
	CPU_PER_REQUEST("CPU time a request", "ms"),

	/**
	 * The same as a multiple of what the generator spent on a request meanwhile, which
	 * does not change with the speed of the machine that both share.
	 */
	RELATIVE_CPU("CPU time a request beside the generator's", "×");

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
