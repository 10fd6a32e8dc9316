package dev.threelanes.experiments;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Is async any faster when nobody queues?
 */
final class LowLoad {

	private LowLoad() {
	}

	static Experiment declare() {
		return new Experiment("low-load", "Is async any faster when nobody queues?",
				"Sync vs. Async Python (M. Grinberg)", Contender.LANES,
				(parameters) -> Request.call(parameters.delayMs()), new Load.Rising(List.of(0.1), 5),
				Duration.ofSeconds(60),
				Map.of(Profile.SMOKE, new Parameters(500, 20), Profile.QUICK, new Parameters(500, 200), Profile.FULL,
						new Parameters(500, 200)),
				List.of(new Prediction.Equivalence(Quantity.MEDIAN_LATENCY,
						"medians of all lanes equal within max(2 ms, 5 %)",
						"Without a queue an answer takes D + ε, whoever waits for it", new Band(0.05, 2))));
	}

}
