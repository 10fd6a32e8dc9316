package dev.threelanes.experiments;

import java.util.OptionalDouble;

/**
 * Who is fast first?
 */
final class WarmUp {

	private WarmUp() {
	}

	static Experiment declare() {
		return Declaration.of(Theme.COMPUTING, "warm-up", "Who is fast first?", "The virtual-thread debate")
			// Low enough for a lane that is still interpreted: what it cannot answer at
			// once must not become a queue that outlasts its warming up.
			.under(new Load.Cold(0.1, 6))
			// A short delay, so that what the lane adds shows.
			.with(Profile.SMOKE, new Parameters(50, 20))
			.with(new Parameters(50, 50))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT,
					"X = λ on every lane, the first seconds included; how long they last is measured",
					"A cold lane is slow but carries the load, so that nothing is lost and nothing piles up",
					Band.relative(0.02), (conditions) -> OptionalDouble.of(conditions.throughputRps())))
			.declare();
	}

}
