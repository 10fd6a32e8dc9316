package dev.threelanes.experiments;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What if more come than can be served?
 */
final class Overload {

	/** A, a fifth more than P, so that a connection that is free finds who wants it. */
	private static final int ADMITTED = 30;

	private static final double CLEARLY_PAST = 1.1;

	private Overload() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.TROUBLE, "overload", "What becomes of the answers when twice too many ask?",
					"The virtual-thread debate")
			.contenders(Stream
				.concat(Contender.LANES.stream(), Stream.of(Lane.values()).map((lane) -> admitting(lane, ADMITTED)))
				.toArray(Contender[]::new))
			// The knee is where the pool of connections is full: the same on every lane,
			// and
			// far below what the processors can do.
			.boundBy(Bound.ofEveryLane(Parameter.CONNECTIONS))
			.under(new Load.Rising(List.of(0.5, 0.9, 2.0, 3.0), 1))
			.within((parameters) -> parameters.delay().multipliedBy(2))
			// T is out of the way, so that the pool is the only cap.
			.with(new Parameters(250, 1000).and(Parameter.CONNECTIONS, 25).and(Parameter.ADMITTED, 0))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT,
					"with admission control: X = min(λ, P/(D+ε)), at twice the knee too",
					"Who is let in is served in time; who would make it late is not let in", Band.relative(0.1),
					(conditions) -> admits(conditions) ? OptionalDouble
						.of(Math.min(conditions.offeredRps(), conditions.capRps() * Math.min(1, places(conditions))))
							: OptionalDouble.empty()))
			.predicting(new Prediction.Value(Quantity.LATE_THROUGHPUT,
					"past the knee without admission control: X = 0, once the wait is longer than D",
					"Users give up after 2·D; a queue served in order gives each place to one who has less than D left",
					new Band(0, 10),
					(conditions) -> (!admits(conditions) && clearlyPast(conditions)) ? OptionalDouble.of(0)
							: OptionalDouble.empty()))
			.predicting(new Prediction.Value(Quantity.PROMPT_REFUSALS,
					"past the knee with admission control: all who are refused hear of it within 50 ms",
					"A refusal waits for nothing", new Band(0, 1),
					(conditions) -> (admits(conditions) && clearlyPast(conditions)) ? OptionalDouble.of(100)
							: OptionalDouble.empty()))
			.declare();
	}

	private static Contender admitting(Lane lane, int requests) {
		return new Contender(lane.id() + "-" + requests, "%s, A = %d".formatted(lane.title(), requests), lane,
				Map.of(Parameter.ADMITTED.id(), requests));
	}

	private static boolean admits(Conditions conditions) {
		return conditions.parameters().value(Parameter.ADMITTED) > 0;
	}

	// Fewer than there are connections leave some without a caller.
	private static double places(Conditions conditions) {
		return conditions.parameters().value(Parameter.ADMITTED)
				/ (double) conditions.parameters().value(Parameter.CONNECTIONS);
	}

	private static boolean clearlyPast(Conditions conditions) {
		return conditions.offeredRps() >= CLEARLY_PAST * conditions.capRps();
	}

}
