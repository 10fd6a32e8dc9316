package dev.threelanes.experiments;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What does a small pool of database connections leave of the difference?
 */
final class DbPool {

	private DbPool() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.LIMITS, "db-pool", "Does a limited pool of database connections cap every lane alike?",
					"Sync vs. Async Python (M. Grinberg)")
			.boundBy(Bound.ofEveryLane(Parameter.DB_CONNECTIONS))
			.asking((parameters) -> Request.query(parameters.delayMs()))
			.under(new Load.Rising(List.of(0.5, 0.75, 1.5), 1))
			.with(Profile.SMOKE, new Parameters(50, 200).and(Parameter.DB_CONNECTIONS, 4))
			.with(new Parameters(50, 200).and(Parameter.DB_CONNECTIONS, 10))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT, "X = min(λ, P/(Q+ε)) on every lane",
					"Little's law: P connections in use, each for Q + ε", Band.relative(0.05),
					(conditions) -> OptionalDouble.of(conditions.throughputRps())))
			.declare();
	}

}
