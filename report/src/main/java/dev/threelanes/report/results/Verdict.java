package dev.threelanes.report.results;

/**
 * What a run says about a prediction.
 */
public enum Verdict {

	/** The interval over forks lies inside the predicted band. */
	CONFIRMED,

	/** The interval over forks lies outside the predicted band. */
	REFUTED,

	/** The run cannot tell: too few forks, or the interval crosses the band's edge. */
	INCONCLUSIVE,

	/** What the prediction is about could not be measured in a way to be trusted. */
	INVALID

}
