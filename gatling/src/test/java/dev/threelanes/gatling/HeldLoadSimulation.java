package dev.threelanes.gatling;

import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Step;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;

import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

/**
 * Drives one lane with held load: users who arrive evenly, ask once, and are all in
 * progress before the first of them is answered. Each holds a connection.
 *
 * <p>
 * Run it by itself:
 *
 * <pre>
 * mvn -pl gatling -am gatling:test -Dgatling.simulationClass=dev.threelanes.gatling.HeldLoadSimulation \
 *     -Dexperiment=c10k -Drequests=5000 -DbaseUrl=http://localhost:8082
 * </pre>
 *
 * What you should see: as many active users as requests, and every answer after D.
 */
public final class HeldLoadSimulation extends LoadSimulation {

	@Override
	PopulationBuilder users(Step step, ChainBuilder asking) {
		if (step instanceof Step.Held held) {
			return scenario(step.name()).exec(asking)
				.injectOpen(nothingFor(Schedule.PAUSE), rampUsers(held.users()).during(held.ramp()));
		}
		throw new IllegalArgumentException("Not a held load: " + step);
	}

}
