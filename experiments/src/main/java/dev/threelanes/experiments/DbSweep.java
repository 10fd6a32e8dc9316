package dev.threelanes.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Does throughput follow the number of database connections?
 */
final class DbSweep {

	private static final List<Integer> SIZES = List.of(2, 50);

	private DbSweep() {
	}

	static Experiment declare() {
		List<Contender> contenders = new ArrayList<>();
		for (int size : SIZES) {
			for (Lane lane : Lane.values()) {
				contenders.add(new Contender("%s-%d".formatted(lane.id(), size),
						"%s, P = %d".formatted(lane.title(), size), lane, Map.of(Parameter.DB_CONNECTIONS.id(), size)));
			}
		}
		return Declaration
			.of(Theme.LIMITS, "db-sweep", "Does throughput follow the number of database connections on every lane?",
					"Sync vs. Async Python (M. Grinberg)")
			.contenders(contenders.toArray(Contender[]::new))
			.boundBy(Bound.ofEveryLane(Parameter.DB_CONNECTIONS))
			.asking((parameters) -> Request.query(parameters.delayMs()))
			.under(new Load.Rising(List.of(0.5, 1.5), 1))
			// Slower queries than in db-pool: 50 connections at 50 ms carry 1,000 queries
			// a second, at which two processors are busy before the pool is.
			.with(new Parameters(200, 400).and(Parameter.DB_CONNECTIONS, 10))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT, "X = min(λ, P/(Q+ε)) on every lane",
					"Little's law: P connections in use, each for Q + ε", Band.relative(0.05),
					(conditions) -> OptionalDouble.of(conditions.throughputRps())))
			.declare();
	}

}
