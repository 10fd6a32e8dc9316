package dev.threelanes.experiments;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a request costs in CPU time, far below any limit: the price of a stack, and beside
 * references that of its framework.
 */
final class Cost {

	/** So long that a few hundred milliseconds of anything else are nothing. */
	private static final int STRETCH = 5;

	private Cost() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.METHOD, "cost", "What does a request cost in CPU time?", "The virtual-thread debate")
			.under(new Load.Rising(List.of(0.2), STRETCH))
			.ofCompiledCode()
			// A short delay, so that few wait and nothing but work is measured.
			.with(Profile.SMOKE, new Parameters(40, 20))
			.with(new Parameters(40, 200))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT, "X = λ",
					"The load is a fifth of the smallest cap, so that nobody waits for a thread", Band.relative(0.02),
					(conditions) -> OptionalDouble.of(conditions.throughputRps())))
			.declare();
	}

}
