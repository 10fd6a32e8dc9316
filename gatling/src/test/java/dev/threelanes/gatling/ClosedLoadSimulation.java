package dev.threelanes.gatling;

import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Step;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.scenario;

/**
 * Drives one lane with a closed load: a number of users of whom each asks again as soon
 * as it is answered. Such a load slows down with the lane and so hides a queue; it is
 * right where the question is how much work gets done.
 *
 * <p>
 * Run it by itself:
 *
 * <pre>
 * mvn -pl gatling -am gatling:test -Dgatling.simulationClass=dev.threelanes.gatling.ClosedLoadSimulation \
 *     -Dexperiment=cpu-bound -DbaseUrl=http://localhost:8081
 * </pre>
 *
 * What you should see: the rate stops to grow with as many users as there are processors,
 * on every lane at the same height.
 */
public final class ClosedLoadSimulation extends LoadSimulation {

	@Override
	PopulationBuilder users(Step step, ChainBuilder asking) {
		if (step instanceof Step.Closed closed) {
			return scenario(step.name()).exec(doing(closed, asking))
				.injectOpen(nothingFor(Schedule.PAUSE), atOnceUsers(closed.users()));
		}
		throw new IllegalArgumentException("Not a closed load: " + step);
	}

	// Whoever has asked when the time is up still records the answer.
	@Override
	ChainBuilder doing(Step step, ChainBuilder asking) {
		return (step instanceof Step.Closed) ? during(step.duration(), false).on(asking) : asking;
	}

}
