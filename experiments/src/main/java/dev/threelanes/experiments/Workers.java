package dev.threelanes.experiments;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Five clients, four workers.
 */
final class Workers {

	private Workers() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.WAITING, "workers", "What does the fifth of five clients see of four workers?",
					"Sync vs. Async Python (M. Grinberg)")
			.under(new Load.Bursts(List.of(1, 5)))
			.with(new Parameters(1000, 4))
			.predicting(new Prediction.Value(Quantity.MAKESPAN, "mvc: ⌈n/T⌉·(D+ε); webflux, loom: D+ε",
					"A pool of T takes n requests in waves of T", new Band(0.02, 20),
					(conditions) -> (conditions.users() > 1) ? OptionalDouble.of(1000 * conditions.makespanSeconds())
							: OptionalDouble.empty()))
			.predicting(new Prediction.Value(Quantity.FIRST_WAVE, "mvc: min(n, T); webflux, loom: n",
					"A pool of T takes n requests in waves of T", new Band(0, 0.5),
					(conditions) -> OptionalDouble.of(conditions.firstWave())))
			.declare();
	}

}
