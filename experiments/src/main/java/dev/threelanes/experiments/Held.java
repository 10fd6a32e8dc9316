package dev.threelanes.experiments;

import java.util.Map;

/**
 * What a request costs in memory while it waits, in a heap of the usual size.
 */
final class Held {

	private static final int REQUESTS = 4000;

	private static final int HEAP_MB = 1024;

	private Held() {
	}

	static Experiment declare() {
		return C10k
			.predicting(Declaration
				.of(Theme.METHOD, "held", "What does a request cost in memory while it waits?",
						"The virtual-thread debate")
				.contenders(new Contender("mvc", "MVC, T = n", Lane.MVC, Map.of(Parameter.THREADS.id(), REQUESTS)),
						Contender.of(Lane.WEBFLUX), Contender.of(Lane.LOOM))
				.under(new Load.Held())
				.with(Profile.SMOKE, parameters(8000, 200))
				.with(parameters(21_300, REQUESTS)))
			.declare();
	}

	private static Parameters parameters(int delayMs, int requests) {
		return new Parameters(delayMs, 200).and(Parameter.REQUESTS, requests).and(Parameter.HEAP_MB, HEAP_MB);
	}

}
