package dev.threelanes.report.cell;

import dev.threelanes.experiments.Step;

/**
 * A step as a cell was asked to run it.
 *
 * @param name its name in every record file
 * @param fromRps requests a second at its beginning; other than at its end only while a
 * lane warms up
 * @param offeredRps λ, requests a second
 * @param durationMs for how long users arrived, in milliseconds
 */
public record CellStep(String name, double fromRps, double offeredRps, long durationMs) {

	/**
	 * A step of the catalogue.
	 * @param step the step
	 * @return the same step as a cell keeps it
	 */
	public static CellStep of(Step step) {
		return new CellStep(step.name(), step.fromRps(), step.offeredRps(), step.duration().toMillis());
	}

	/**
	 * The duration in seconds, as rates want it.
	 * @return seconds
	 */
	public double seconds() {
		return this.durationMs / 1000.0;
	}

}
