package dev.threelanes.gatling;

import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Step;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.scenario;

/**
 * Drives one lane with bursts: users who all arrive at once, ask once, and are waited
 * for.
 *
 * <p>
 * Run it by itself:
 *
 * <pre>
 * mvn -pl gatling -am gatling:test -Dgatling.simulationClass=dev.threelanes.gatling.BurstSimulation \
 *     -Dexperiment=workers -DbaseUrl=http://localhost:8081
 * </pre>
 *
 * What you should see against the mvc lane with four threads: of {@code 5 at once} one
 * answer takes twice as long as the others.
 */
public final class BurstSimulation extends LoadSimulation {

	@Override
	PopulationBuilder users(Step step, ChainBuilder asking) {
		if (step instanceof Step.Burst burst) {
			return scenario(step.name()).exec(asking)
				.injectOpen(nothingFor(Schedule.PAUSE), atOnceUsers(burst.users()));
		}
		throw new IllegalArgumentException("Not a burst: " + step);
	}

}
