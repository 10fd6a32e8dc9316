package dev.threelanes.gatling;

import dev.threelanes.experiments.Step;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;

/**
 * Drives one lane with an experiment's rising load: an open model, in which users arrive
 * at a constant rate whether or not the lane keeps up.
 *
 * <p>
 * Run it by itself:
 *
 * <pre>
 * mvn -pl gatling -am gatling:test -DbaseUrl=http://localhost:8081
 * </pre>
 *
 * What you should see against the mvc lane: {@code 1.50 x T/D} and {@code 2.00 x T/D}
 * with percentiles of seconds. Against webflux and loom every step looks like the first.
 */
public final class RisingLoadSimulation extends LoadSimulation {

	@Override
	PopulationBuilder users(Step step, ChainBuilder asking) {
		if (step instanceof Step.Open open) {
			return arriving(open, asking);
		}
		throw new IllegalArgumentException("Not an open load: " + step);
	}

}
