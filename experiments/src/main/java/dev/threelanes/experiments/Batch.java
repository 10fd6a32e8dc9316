package dev.threelanes.experiments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long do n requests take?
 */
final class Batch {

	private static final String ONE_THREAD = "mvc-1";

	private static final String FOUR_JVMS = "mvc-4x5";

	private Batch() {
	}

	// Five clients of an endpoint that sleeps for five seconds.
	static Published published() {
		return new Published("A Python comparison of sequential, thread-pool, process-pool and async clients", 5,
				List.of(series("one after the other", Set.of(ONE_THREAD), 50.1, 100.3, 150.6, 200.6, 250.7),
						series("20 threads", Set.of(Lane.MVC.id()), 5.03, 5.06, 10.12, 10.07, 15.1),
						series("processes", Set.of(FOUR_JVMS), 6.68, 7.97, 11.95, 13.0, 17.32),
						series("async", Set.of(Lane.WEBFLUX.id(), Lane.LOOM.id()), 5.02, 5.06, 5.04, 5.07, 5.09)));
	}

	private static Published.Series series(String title, Set<String> contenders, double... seconds) {
		SortedMap<Integer, Double> byUsers = new TreeMap<>();
		for (int i = 0; i < seconds.length; i++) {
			byUsers.put(10 * (i + 1), seconds[i]);
		}
		return new Published.Series(title, contenders, byUsers);
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.WAITING, "batch", "How long do n requests take that arrive at once?",
					"A Python comparison of sequential, thread-pool, process-pool and async clients")
			.contenders(new Contender(ONE_THREAD, "MVC, T = 1", Lane.MVC, Map.of(Parameter.THREADS.id(), 1)),
					Contender.of(Lane.MVC),
					new Contender(FOUR_JVMS, "MVC, 4 JVMs of T = 5", Lane.MVC,
							Map.of(Parameter.JVMS.id(), 4, Parameter.THREADS.id(), 5)),
					Contender.of(Lane.WEBFLUX), Contender.of(Lane.LOOM))
			.under(new Load.Bursts(List.of(1, 10, 20, 30, 40, 50)))
			// One thread takes 50 requests of 5 s one after the other.
			.within((parameters) -> Duration.ofSeconds(300))
			.with(Profile.SMOKE, new Parameters(100, 20).and(Parameter.JVMS, 1))
			.with(Profile.FULL, new Parameters(5000, 20).and(Parameter.JVMS, 1))
			.with(new Parameters(1000, 20).and(Parameter.JVMS, 1))
			.predicting(new Prediction.Value(Quantity.MAKESPAN, "mvc: ⌈n/(J·T)⌉·(D+ε); webflux, loom: D+ε",
					"J pools of T take n requests in waves of J·T, if a balancer spreads them evenly",
					new Band(0.1, 20),
					(conditions) -> (conditions.users() > 1) ? OptionalDouble.of(1000 * conditions.makespanSeconds())
							: OptionalDouble.empty()))
			.declare();
	}

}
