package dev.threelanes.experiments;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * One after the other, or together?
 */
final class FanOut {

	private static final String BASELINE = "1 call";

	private FanOut() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.TOGETHER, "fan-out", "One after the other, or together?",
					"A guide to asyncio's concurrency and synchronisation")
			.under(new Load.Variants(List.of(variant(BASELINE, (parameters) -> Request.call(parameters.delayMs())),
					variant("chain of 3", (parameters) -> Request.chain(3, parameters.delayMs())),
					variant("fan-out of 3", (parameters) -> Request.fanOut(3, parameters.delayMs())),
					variant("chain of 10", (parameters) -> Request.chain(10, parameters.delayMs())),
					variant("fan-out of 10", (parameters) -> Request.fanOut(10, parameters.delayMs()))), 0.02))
			.with(Profile.SMOKE, new Parameters(100, 40))
			.with(new Parameters(200, 200))
			.predicting(new Prediction.Value(Quantity.MEDIAN_LATENCY,
					"one after the other: calls × (D+ε); together: D+ε, on every lane",
					"Calls that follow each other add up; of calls at once the longest counts", new Band(0.05, 5),
					FanOut::medianMs))
			.declare();
	}

	private static Load.Variant variant(String name, Function<Parameters, Request> request) {
		return new Load.Variant(name, request);
	}

	private static OptionalDouble medianMs(Conditions conditions) {
		// ε is read off the baseline, which therefore proves nothing.
		if (conditions.step().equals(BASELINE)) {
			return OptionalDouble.empty();
		}
		return OptionalDouble
			.of(1000 * conditions.depth() * (conditions.parameters().delaySeconds() + conditions.overheadSeconds()));
	}

}
