package dev.threelanes.experiments;

import java.time.Duration;

/**
 * The limit under which capacity is asked for: a step that breaks it is past the lane's
 * capacity.
 *
 * @param p99 the longest 99th percentile of latency
 * @param errorShare the share of failed requests that must not be reached, 0.001 for 0.1
 * %
 */
public record Objective(Duration p99, double errorShare) {

	/**
	 * The objective of the catalogue: 1.2 × D at the 99th percentile and less than 0.1 %
	 * of errors.
	 * @param parameters the parameters of the run
	 * @return the objective
	 */
	public static Objective of(Parameters parameters) {
		return new Objective(Duration.ofNanos(parameters.delay().toNanos() * 12 / 10), 0.001);
	}

}
