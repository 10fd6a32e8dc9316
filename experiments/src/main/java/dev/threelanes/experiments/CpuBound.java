package dev.threelanes.experiments;

import java.util.List;

/**
 * Is async faster at computing?
 */
final class CpuBound {

	private CpuBound() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.COMPUTING, "cpu-bound", "Is async any faster at computing?",
					"Sync vs. Async Python (M. Grinberg)")
			.asking((parameters) -> Request.cpu(parameters.value(Parameter.ROUNDS)))
			.under(new Load.Closed(List.of(1), List.of(1, 4, 16)))
			.with(new Parameters(1, 200).and(Parameter.ROUNDS, 500_000).and(Parameter.PROCESSORS, 2))
			.predicting(new Prediction.Equivalence(Quantity.THROUGHPUT,
					"X = c/S on every lane, so that all are equal within 10 %",
					"A request that only computes occupies a processor for S, whoever serves it", Band.relative(0.1)))
			.declare();
	}

}
