package dev.threelanes.experiments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Does a pool of threads cap throughput? The question that the project exists for.
 */
final class SlowCall {

	private static final String LITTLE = "Little's law: T requests in progress, each for D + ε";

	private SlowCall() {
	}

	static Experiment declare() {
		return new Experiment("slow-call", "Does a pool of threads cap throughput?",
				"Sync vs. Async Python (M. Grinberg); the virtual-thread debate", Contender.LANES,
				(parameters) -> Request.call(parameters.delayMs()),
				new Load.Rising(List.of(0.25, 0.5, 0.75, 1.0, 1.5, 2.0), 1), Duration.ofSeconds(60),
				Map.of(Profile.SMOKE, new Parameters(500, 20), Profile.QUICK, new Parameters(500, 200), Profile.FULL,
						new Parameters(500, 200)),
				List.of(new Prediction.Value(Quantity.THROUGHPUT,
						"mvc: X = min(λ, T/(D+ε)); webflux, loom: X = λ, until the CPU is full", LITTLE,
						Band.relative(0.02), SlowCall::throughput),
						new Prediction.Value(Quantity.WAIT_GROWTH, "mvc past the cap: (λ−X)/X with X = T/(D+ε)",
								"A queue that receives λ and gives X grows by λ−X a second; X works it off",
								new Band(0.1, 0.02), SlowCall::waitGrowth)));
	}

	private static OptionalDouble throughput(Conditions conditions) {
		double offered = conditions.offeredRps();
		return OptionalDouble
			.of(conditions.lane().threadBound() ? Math.min(offered, conditions.threadPoolCapRps()) : offered);
	}

	private static OptionalDouble waitGrowth(Conditions conditions) {
		double offered = conditions.offeredRps();
		double cap = conditions.threadPoolCapRps();
		// A step at the cap itself is a queue that may or may not form: nothing to
		// predict.
		if (!conditions.lane().threadBound() || offered < 1.1 * cap) {
			return OptionalDouble.empty();
		}
		return OptionalDouble.of((offered - cap) / cap);
	}

}
