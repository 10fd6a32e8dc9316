package dev.threelanes.experiments;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Why not simply more threads?
 */
final class ThreadSweep {

	private ThreadSweep() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.WAITING, "thread-sweep", "Why not simply more threads?", "Sync vs. Async Python (M. Grinberg)")
			.contenders(of(4), of(20), of(200), of(1000))
			.under(new Load.Rising(List.of(0.5, 1.5), 2))
			.with(Profile.SMOKE, new Parameters(500, 200))
			.with(new Parameters(2000, 200))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT, "X = min(λ, T/(D+ε)), until the CPU is full",
					"Little's law: T requests in progress, each for D + ε", Band.relative(0.02),
					(conditions) -> OptionalDouble.of(conditions.throughputRps())))
			.declare();
	}

	private static Contender of(int threads) {
		return new Contender("mvc-" + threads, "MVC, T = " + threads, Lane.MVC,
				Map.of(Parameter.THREADS.id(), threads));
	}

}
