package dev.threelanes.experiments;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * Ten thousand requests at once.
 */
final class C10k {

	private static final int MOST = 10_000;

	private C10k() {
	}

	static Experiment declare() {
		return predicting(Declaration
			.of(Theme.WAITING, "c10k", "What do ten thousand requests at once cost?",
					"A Python comparison of sequential, thread-pool, process-pool and async clients")
			// Two waves, for with ten thousand the last would wait for eighteen
			// minutes.
			.contenders(
					new Contender("mvc", "MVC", Lane.MVC,
							Map.of(Parameter.THREADS.id(), 200, Parameter.REQUESTS.id(), 400)),
					new Contender("mvc-10000", "MVC, T = 10000", Lane.MVC, Map.of(Parameter.THREADS.id(), MOST)),
					Contender.of(Lane.WEBFLUX), Contender.of(Lane.LOOM))
			.under(new Load.Held())
			.with(Profile.SMOKE, parameters(16_000, 500))
			.with(parameters(21_300, MOST))).declare();
	}

	/**
	 * Predicts what is to be seen wherever requests are held.
	 * @param declaration the experiment
	 * @return the same with predictions
	 */
	static Declaration predicting(Declaration declaration) {
		return declaration
			.predicting(new Prediction.Value(Quantity.FAILURES, "no failure on any lane",
					"Each request holds a connection in and one out, and all limits are above n", new Band(0, 0.5),
					(conditions) -> OptionalDouble.of(0)))
			.predicting(new Prediction.Value(Quantity.IN_FLIGHT, "in flight: mvc: min(n, T); webflux, loom: n",
					"A pool of T holds T; the rest wait in front of it", Band.relative(0.01),
					(conditions) -> (conditions.users() > 1) ? OptionalDouble.of(conditions.firstWave())
							: OptionalDouble.empty()))
			.predicting(new Prediction.Value(Quantity.MAKESPAN,
					"all arrive within ¾·D; mvc: last arrival of a wave + ⌈n/T⌉·(D+ε); webflux, loom: ¾·D + D + ε",
					"A pool of T takes n requests in waves of T", Band.relative(0.05),
					(conditions) -> (conditions.users() > 1)
							? OptionalDouble.of(1000 * conditions.makespanSeconds(
									Load.Held.ramp(conditions.users(), conditions.parameters()).toMillis() / 1000.0))
							: OptionalDouble.empty()));
	}

	private static Parameters parameters(int delayMs, int requests) {
		return new Parameters(delayMs, 200).and(Parameter.REQUESTS, requests).and(Parameter.HEAP_MB, 4096);
	}

}
