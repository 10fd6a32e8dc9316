package dev.threelanes.experiments;

/**
 * The parts of the debate, in the order in which they are best read.
 */
public enum Theme {

	/** What a request that waits costs. */
	WAITING("Waiting for something slow"),

	/** Several calls for one answer. */
	TOGETHER("Doing things together"),

	/** Limits that are not threads. */
	LIMITS("Limits that are not threads"),

	/** More than can be served, and a downstream that fails. */
	TROUBLE("When things go wrong"),
	/** Who pays for a request that is unlike the others. */
	BESIDE("What one request does to the others"),

	/** What no model makes faster. */
	COMPUTING("Computing"),

	/** How far the figures can be believed. */
	METHOD("The measurement itself");

	private final String title;

	Theme(String title) {
		this.title = title;
	}

	/**
	 * The theme for people.
	 * @return the title
	 */
	public String title() {
		return this.title;
	}

}
