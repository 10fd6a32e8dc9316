package dev.threelanes.experiments;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Event and condition: how many wake up, and how fast?
 */
final class WakeUp {

	private static final int MOST = 10_000;

	private static final Band EXACTLY = new Band(0, 0.5);

	private WakeUp() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.TOGETHER, "wake-up", "Who wakes up, and how fast?",
					"A guide to asyncio's concurrency and synchronisation")
			// One thread is left for the caller who wakes the others.
			.contenders(
					new Contender("mvc", "MVC", Lane.MVC,
							Map.of(Parameter.THREADS.id(), 200, Parameter.REQUESTS.id(), 199)),
					Contender.of(Lane.WEBFLUX), Contender.of(Lane.LOOM))
			.asking((parameters) -> Request.noEvent(parameters.delayMs()))
			.under(new Load.WakeUps(List.of(10, 100, 1000)))
			.with(Profile.SMOKE, parameters(500))
			.with(parameters(MOST))
			.predicting(new Prediction.Value(Quantity.WOKEN_FIRST, "wake=2: 2", "The wake-up asks for exactly two",
					EXACTLY, (conditions) -> OptionalDouble.of(first(conditions))))
			.predicting(new Prediction.Value(Quantity.WOKEN_THEN, "wake=all: n − 2, which is everyone else",
					"Whoever waits is woken, and nobody twice", EXACTLY,
					(conditions) -> OptionalDouble.of(conditions.users() - first(conditions))))
			.predicting(new Prediction.Value(Quantity.MISCOUNTED, "miscounted: 0",
					"Who is counted as woken is answered, and once", EXACTLY, (conditions) -> OptionalDouble.of(0)))
			.declare();
	}

	private static int first(Conditions conditions) {
		return Math.min(Step.Waiting.FIRST_WOKEN, conditions.users());
	}

	private static Parameters parameters(int requests) {
		return new Parameters(1000, 200).and(Parameter.REQUESTS, requests).and(Parameter.HEAP_MB, 4096);
	}

}
