package dev.threelanes.experiments;

import java.util.List;
import java.util.OptionalDouble;

/**
 * And half of each?
 */
final class Mixed {

	private Mixed() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.COMPUTING, "mixed", "And if a request waits and then computes?",
					"Sync vs. Async Python (M. Grinberg)")
			.asking((parameters) -> Request.mixed(parameters.delayMs(), parameters.value(Parameter.ROUNDS)))
			.under(new Load.Rising(List.of(0.25, 0.75, 1.5), 1))
			.with(Profile.SMOKE, new Parameters(500, 10).and(Parameter.ROUNDS, 500_000).and(Parameter.PROCESSORS, 2))
			.with(new Parameters(500, 50).and(Parameter.ROUNDS, 500_000).and(Parameter.PROCESSORS, 2))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT,
					"mvc: X = min(λ, T/(D+S+ε), c/(S+ε)); webflux, loom: X = min(λ, c/(S+ε))",
					"Little's law: T requests in progress, each for D + S + ε; c processors, each busy for S; S is measured with ε",
					Band.relative(0.02), Mixed::throughputRps))
			.declare();
	}

	private static OptionalDouble throughputRps(Conditions conditions) {
		// What an unqueued answer takes beyond D is S and ε in one.
		double processorsRps = conditions.parameters().value(Parameter.PROCESSORS) / conditions.overheadSeconds();
		return OptionalDouble.of(Math.min(conditions.throughputRps(), processorsRps));
	}

}
