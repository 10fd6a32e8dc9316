package dev.threelanes.experiments;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What does a cache of its classes save of a lane's start, and of its first seconds?
 */
final class StartUp {

	private StartUp() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.METHOD, "start-up", "What does a cache of classes save of a start?", "The virtual-thread debate")
			.contenders(Stream.concat(Contender.LANES.stream(), Stream.of(Lane.values()).map(StartUp::withCache))
				.toArray(Contender[]::new))
			// As in the experiment about warming up.
			.under(new Load.Cold(0.1, 6))
			.with(Profile.SMOKE, new Parameters(50, 20))
			.with(new Parameters(50, 50))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT, "X = λ on every lane, the first seconds included",
					"A cold lane is slow but carries the load; how soon it is there is measured", Band.relative(0.02),
					(conditions) -> OptionalDouble.of(conditions.throughputRps())))
			.declare();
	}

	private static Contender withCache(Lane lane) {
		return new Contender(lane.id() + "-aot", lane.title() + ", AOT cache", lane, Map.of())
			.with(Setup.AS_ALL.withAotCache());
	}

}
