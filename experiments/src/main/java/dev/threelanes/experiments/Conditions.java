package dev.threelanes.experiments;

/**
 * What a prediction may know: the declared load, and the one measured figure that theory
 * cannot give.
 *
 * @param lane the lane
 * @param offeredRps λ, users that arrive a second
 * @param parameters D and T
 * @param overheadSeconds ε, what a request takes beyond D when nobody queues: the median
 * of the lane's lowest valid step, less D
 */
public record Conditions(Lane lane, double offeredRps, Parameters parameters, double overheadSeconds) {

	/**
	 * T/(D+ε), the cap of a pool of threads.
	 * @return requests a second
	 */
	public double threadPoolCapRps() {
		return this.parameters.threads() / (this.parameters.delaySeconds() + this.overheadSeconds);
	}

}
