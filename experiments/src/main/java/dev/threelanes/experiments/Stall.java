package dev.threelanes.experiments;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What if the downstream stops for a while?
 */
final class Stall {

	private static final String HANG = "hang";

	private static final String SLOW = "slow";

	private Stall() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.TROUBLE, "stall", "What remains of a stall when the downstream is well again?",
					"The virtual-thread debate")
			// λ·R must stay below T: with more of it a pool of threads would fill up.
			.under(new Load.Variants(List.of(variant(HANG, (parameters) -> new Fault.Hang()),
					variant("reset", (parameters) -> new Fault.Reset()),
					variant(SLOW, (parameters) -> new Fault.Slow(slowness(parameters)))), 0.1))
			.with(Profile.SMOKE, new Parameters(400, 200).and(Parameter.TIMEOUT_MS, 1000).and(Parameter.STALL_MS, 3000))
			.with(new Parameters(400, 200).and(Parameter.TIMEOUT_MS, 2000).and(Parameter.STALL_MS, 10_000))
			.predicting(new Prediction.Value(Quantity.RECOVERY,
					"D+ε after the end of the fault there are 95 % of the normal answers again; 10 s are allowed",
					"Nothing is left over: whoever asks after the end is answered like anybody", new Band(0, 9500),
					(conditions) -> OptionalDouble
						.of(1000 * (conditions.parameters().delaySeconds() + conditions.overheadSeconds()))))
			.predicting(new Prediction.Value(Quantity.LONGEST, "hang: R, when the lane gives up; slow: D + R/2 + ε",
					"A request ends with its answer or with the lane's patience R, while λ·R < T", Band.relative(0.1),
					Stall::longestMs))
			.declare();
	}

	private static Load.Variant variant(String name, Function<Parameters, Fault> fault) {
		return new Load.Variant(name, (parameters) -> Request.call(parameters.delayMs()), fault);
	}

	private static Duration slowness(Parameters parameters) {
		return Duration.ofMillis(parameters.value(Parameter.TIMEOUT_MS) / 2);
	}

	private static OptionalDouble longestMs(Conditions conditions) {
		Parameters parameters = conditions.parameters();
		return switch (conditions.step()) {
			case HANG -> OptionalDouble.of(parameters.value(Parameter.TIMEOUT_MS));
			case SLOW -> OptionalDouble
				.of(parameters.delayMs() + slowness(parameters).toMillis() + 1000 * conditions.overheadSeconds());
			default -> OptionalDouble.empty();
		};
	}

}
