package dev.threelanes.experiments;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How long do n requests take?
 */
final class Batch {

	private Batch() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.WAITING, "batch", "How long do n requests take that arrive at once?",
					"A Python comparison of sequential, thread-pool, process-pool and async clients")
			.contenders(new Contender("mvc-1", "MVC, T = 1", Lane.MVC, Map.of(Parameter.THREADS.id(), 1)),
					Contender.of(Lane.MVC), Contender.of(Lane.WEBFLUX), Contender.of(Lane.LOOM))
			.under(new Load.Bursts(List.of(1, 10, 20, 30, 40, 50)))
			.with(Profile.SMOKE, new Parameters(100, 20))
			.with(Profile.FULL, new Parameters(5000, 20))
			.with(new Parameters(1000, 20))
			.predicting(new Prediction.Value(Quantity.MAKESPAN, "mvc: ⌈n/T⌉·(D+ε); webflux, loom: D+ε",
					"A pool of T takes n requests in waves of T", new Band(0.1, 20),
					(conditions) -> (conditions.users() > 1) ? OptionalDouble.of(1000 * conditions.makespanSeconds())
							: OptionalDouble.empty()))
			.declare();
	}

}
