package dev.threelanes.gatling;

import dev.threelanes.experiments.Step;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;

import static io.gatling.javaapi.core.CoreDsl.scenario;

/**
 * Drives one lane with mixed traffic: users arrive by one clock, whether or not the lane
 * keeps up, and by their number some ask for something else than the others. Each kind
 * has a request name and a record of its own.
 *
 * <p>
 * Run it by itself:
 *
 * <pre>
 * mvn -pl gatling -am gatling:test -Dgatling.simulationClass=dev.threelanes.gatling.MixedTrafficSimulation \
 *     -Dexperiment=blocked-loop -DbaseUrl=http://localhost:8081
 * </pre>
 *
 * What you should see against the webflux lane:
 * {@code hello beside handler at 1.50 x L/D} with percentiles of seconds, though a hello
 * is nothing but an answer; beside the worker, and on the other lanes, with those of
 * milliseconds.
 */
public final class MixedTrafficSimulation extends LoadSimulation {

	@Override
	PopulationBuilder users(Step step, ChainBuilder asking) {
		if (step instanceof Step.Part part) {
			return scenario(part.mix().name()).exec(asking)
				.injectOpen(afterPause(evenly(part.mix().offeredRps(), part.mix().duration(), part.mix().users())));
		}
		throw new IllegalArgumentException("Not a part of mixed traffic: " + step);
	}

}
