package dev.threelanes.experiments;

import java.util.List;

/**
 * Is async any faster when nobody queues?
 */
final class LowLoad {

	private LowLoad() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.WAITING, "low-load", "Is async any faster when nobody queues?",
					"Sync vs. Async Python (M. Grinberg)")
			.under(new Load.Rising(List.of(0.1), 3))
			.with(Profile.SMOKE, new Parameters(500, 20))
			.with(new Parameters(500, 200))
			.predicting(new Prediction.Equivalence(Quantity.MEDIAN_LATENCY,
					"medians of all lanes equal within max(2 ms, 5 %)",
					"Without a queue an answer takes D + ε, whoever waits for it", new Band(0.05, 2)))
			.declare();
	}

}
