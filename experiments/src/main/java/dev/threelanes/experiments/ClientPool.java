package dev.threelanes.experiments;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Which cap hides on the way out?
 */
final class ClientPool {

	private static final int LARGE = 500;

	private ClientPool() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.LIMITS, "client-pool", "Which cap hides on the way out?", "The virtual-thread debate")
			.contenders(Contender.of(Lane.MVC), Contender.of(Lane.WEBFLUX), Contender.of(Lane.LOOM), large(Lane.MVC),
					large(Lane.WEBFLUX), large(Lane.LOOM))
			.boundBy(Bound.ofEveryLane(Parameter.CONNECTIONS))
			.under(new Load.Rising(List.of(0.5, 1.5), 1))
			// T is out of the way, so that the pool is the only cap.
			.with(Profile.SMOKE, new Parameters(1000, 1000).and(Parameter.CONNECTIONS, 5))
			.with(new Parameters(1000, 1000).and(Parameter.CONNECTIONS, 50))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT, "X = min(λ, P/(D+ε)) on every lane",
					"Little's law: P connections in use, each for D + ε", Band.relative(0.02),
					(conditions) -> OptionalDouble.of(conditions.throughputRps())))
			.declare();
	}

	private static Contender large(Lane lane) {
		return new Contender(lane.id() + "-" + LARGE, "%s, P = %d".formatted(lane.title(), LARGE), lane,
				Map.of(Parameter.CONNECTIONS.id(), LARGE));
	}

}
