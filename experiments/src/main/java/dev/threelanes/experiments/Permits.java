package dev.threelanes.experiments;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Does a semaphore cap every lane alike?
 */
final class Permits {

	private Permits() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.TOGETHER, "permits", "Does a semaphore cap every lane alike?",
					"A guide to asyncio's concurrency and synchronisation")
			.boundBy(Bound.ofEveryLane(Parameter.PERMITS))
			.asking((parameters) -> Request.limited(parameters.delayMs()))
			.under(new Load.Rising(List.of(0.5, 1.5, 2.0), 1))
			.with(Profile.SMOKE, new Parameters(200, 200).and(Parameter.PERMITS, 4))
			.with(new Parameters(200, 200).and(Parameter.PERMITS, 20))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT, "X = min(λ, P/(D+ε)) on every lane",
					"Little's law: P requests in the section, each for D + ε", Band.relative(0.02),
					(conditions) -> OptionalDouble.of(conditions.throughputRps())))
			.predicting(new Prediction.Value(Quantity.WAIT_GROWTH, "past the cap: (λ−X)/X on every lane",
					"A queue that receives λ and gives X grows by λ−X a second; X works it off", new Band(0.1, 0.02),
					Conditions::waitGrowth))
			.declare();
	}

}
