package dev.threelanes.experiments;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Does a pool of threads cap throughput? The question that the project exists for.
 */
final class SlowCall {

	private SlowCall() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.WAITING, "slow-call", "Does a pool of threads cap throughput?",
					"Sync vs. Async Python (M. Grinberg); the virtual-thread debate")
			.under(new Load.Rising(List.of(0.25, 0.5, 0.75, 1.0, 1.5, 2.0), 1))
			.with(Profile.SMOKE, new Parameters(500, 20))
			.with(new Parameters(500, 200))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT,
					"mvc: X = min(λ, T/(D+ε)); webflux, loom: X = λ, until the CPU is full",
					"Little's law: T requests in progress, each for D + ε", Band.relative(0.02),
					(conditions) -> OptionalDouble.of(conditions.throughputRps())))
			.predicting(new Prediction.Value(Quantity.WAIT_GROWTH, "mvc past the cap: (λ−X)/X with X = T/(D+ε)",
					"A queue that receives λ and gives X grows by λ−X a second; X works it off", new Band(0.1, 0.02),
					Conditions::waitGrowth))
			.declare();
	}

}
