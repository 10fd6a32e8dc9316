package dev.threelanes.experiments;

import java.util.EnumSet;
import java.util.Set;

/**
 * What lets only so many requests be in progress at once, and on which lanes. By Little's
 * law, L = λW, it caps throughput at places / D, and an experiment's load rises in
 * multiples of that.
 *
 * @param places the parameter that says how many
 * @param lanes the lanes on which it does; on the others all requests are in progress at
 * once
 */
public record Bound(Parameter places, Set<Lane> lanes) {

	/** T request threads, on the lane that has a pool of them. */
	public static final Bound THREADS = new Bound(Parameter.THREADS, EnumSet.of(Lane.MVC));

	/** L event loops, where a handler blocks the one that it runs on. */
	public static final Bound LOOPS = new Bound(Parameter.LOOPS, EnumSet.of(Lane.WEBFLUX));

	public Bound {
		lanes = Set.copyOf(lanes);
	}

	/**
	 * A bound that is the same on every lane.
	 * @param places the parameter that says how many
	 * @return the bound
	 */
	public static Bound ofEveryLane(Parameter places) {
		return new Bound(places, EnumSet.allOf(Lane.class));
	}

	/**
	 * A number of places that no lane is held to: only the load follows from it.
	 * @param places the parameter that says how many
	 * @return the bound
	 */
	public static Bound ofNoLane(Parameter places) {
		return new Bound(places, EnumSet.noneOf(Lane.class));
	}

	/**
	 * Whether it bounds a lane.
	 * @param lane the lane
	 * @return {@code true} if so
	 */
	public boolean holds(Lane lane) {
		return this.lanes.contains(lane);
	}

	/**
	 * How many requests may be in progress at once: the places of all JVMs together.
	 * @param parameters the parameters of the run
	 * @return P, or J·P where J JVMs share the load
	 */
	public int count(Parameters parameters) {
		return parameters.value(this.places) * parameters.jvms();
	}

	/**
	 * The most that can be carried when each request holds a place for D.
	 * @param parameters the parameters of the run
	 * @return requests a second
	 */
	public double rps(Parameters parameters) {
		return rps(parameters, 0);
	}

	/**
	 * The most that can be carried when each request holds a place for D + ε.
	 * @param parameters the parameters of the run
	 * @param overheadSeconds ε
	 * @return requests a second
	 */
	public double rps(Parameters parameters, double overheadSeconds) {
		return count(parameters) / (parameters.delaySeconds() + overheadSeconds);
	}

	/**
	 * The cap in the catalogue's symbols.
	 * @return a quotient of two letters
	 */
	public String symbol() {
		return this.places.symbol() + "/D";
	}

}
