package dev.threelanes.experiments;

import java.util.OptionalDouble;

/**
 * What a prediction may know: the declared load, and the one measured figure that theory
 * cannot give.
 *
 * @param lane the lane
 * @param step the step's name
 * @param depth how many calls of a request follow each other
 * @param offeredRps λ, users that arrive a second; 0 where they do not arrive by a rate
 * @param users n, how many arrive at once; 0 where they do not
 * @param bound how many requests may be in progress at once
 * @param parameters D, T and what else the experiment uses
 * @param overheadSeconds ε, what a request takes beyond D when nobody queues: the median
 * of the lane's lowest valid step, less D
 */
public record Conditions(Lane lane, String step, int depth, double offeredRps, int users, Bound bound,
		Parameters parameters, double overheadSeconds) {

	private static final double CLEARLY_PAST = 1.1;

	/**
	 * Whether this lane lets only so many requests be in progress at once.
	 * @return {@code true} if so
	 */
	public boolean bounded() {
		return this.bound.holds(this.lane);
	}

	/**
	 * The cap of a bounded lane, T/(D+ε) or P/(D+ε).
	 * @return requests a second
	 */
	public double capRps() {
		return this.bound.rps(this.parameters, this.overheadSeconds);
	}

	/**
	 * X of an open load: what is offered, up to the cap of a bounded lane.
	 * @return requests a second
	 */
	public double throughputRps() {
		return bounded() ? Math.min(this.offeredRps, capRps()) : this.offeredRps;
	}

	/**
	 * By how many seconds the wait grows in each second past the cap: a queue that
	 * receives λ and gives X grows by λ−X a second, and X works it off.
	 * @return (λ−X)/X, or nothing near the cap and below it, where a queue may or may not
	 * form
	 */
	public OptionalDouble waitGrowth() {
		double cap = capRps();
		return (bounded() && this.offeredRps >= CLEARLY_PAST * cap) ? OptionalDouble.of((this.offeredRps - cap) / cap)
				: OptionalDouble.empty();
	}

	/**
	 * How many of n requests at once are in progress at once.
	 * @return n, or the number of places of a bounded lane if that is less
	 */
	public int firstWave() {
		return bounded() ? Math.min(this.users, this.bound.count(this.parameters)) : this.users;
	}

	/**
	 * When the last of n requests is answered that arrive evenly over a stretch of time:
	 * the last one takes the place of one of the first, as many waves before it as a
	 * bounded lane needs.
	 * @param arrivalsSeconds for how long they arrive, less than D
	 * @return seconds after the first arrival
	 */
	public double makespanSeconds(double arrivalsSeconds) {
		int last = (this.users - 1) % Math.max(1, firstWave());
		return last * arrivalsSeconds / this.users + makespanSeconds();
	}

	/**
	 * When the last of n requests at once is answered: a bounded lane takes them in waves
	 * of as many as it has places, ⌈n/T⌉·(D+ε).
	 * @return seconds
	 */
	public double makespanSeconds() {
		int waves = Math.ceilDiv(this.users, Math.max(1, firstWave()));
		return waves * (this.parameters.delaySeconds() + this.overheadSeconds);
	}

}
