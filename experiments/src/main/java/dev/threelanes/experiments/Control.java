package dev.threelanes.experiments;

import java.util.List;
import java.util.Map;

/**
 * How big is noise here? The same lane twice, under two names: whatever differs is the
 * machine's doing, and a run in which it differs can say nothing about lanes.
 */
public final class Control {

	/** The experiment's name, since its verdict decides on all others. */
	public static final String ID = "control";

	private static final String SAME = "The same jar with the same flags under the same load";

	private Control() {
	}

	static Experiment declare() {
		return Declaration.of(Theme.METHOD, ID, "How big is noise here?", "Every comparison needs one")
			.contenders(Contender.of(Lane.MVC), new Contender("mvc-again", "MVC again", Lane.MVC, Map.of()))
			// The load with which the warm-up ends, so that nothing changes between.
			.under(new Load.Rising(List.of(0.9), 2))
			.with(Profile.SMOKE, new Parameters(500, 20))
			.with(new Parameters(500, 200))
			.predicting(new Prediction.Equivalence(Quantity.THROUGHPUT, "throughput equal within 1 %", SAME,
					Band.relative(0.01)))
			.predicting(new Prediction.Equivalence(Quantity.MEDIAN_LATENCY, "medians equal within max(2 ms, 2 %)", SAME,
					new Band(0.02, 2)))
			// Not in milliseconds: between two JVMs a shared machine changes its speed.
			.predicting(new Prediction.Equivalence(Quantity.RELATIVE_CPU,
					"CPU time a request, in multiples of the generator's, equal within 10 %", SAME, Band.relative(0.1)))
			.declare();
	}

}
