package dev.threelanes.experiments;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What does one blocking call on an event loop do to everybody else? D is the time that
 * the call blocks.
 */
final class BlockedLoop {

	/** Enough of them in a step that a tenth is a hundred answers and more. */
	private static final double HELLOS_PER_SECOND = 400;

	private static final String BYSTANDERS = "hello beside ";

	private static final String MISTAKE = "handler at ";

	private BlockedLoop() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.BESIDE, "blocked-loop", "What does a blocking call on an event loop do to everybody else?",
					"Sync vs. Async Python (M. Grinberg); a survey of single- and multi-threaded, synchronous and "
							+ "asynchronous models")
			.boundBy(Bound.LOOPS)
			.under(new Load.Beside(List.of(encounter("worker", 0.5, EnumSet.noneOf(Lane.class)),
					encounter("worker", 1.5, EnumSet.noneOf(Lane.class)),
					encounter("handler", 1.5, EnumSet.of(Lane.WEBFLUX))), 1))
			.with(new Parameters(100, 200).and(Parameter.LOOPS, 4))
			.predicting(
					new Prediction.Limit(Quantity.THROUGHPUT, "of those who block, webflux in the handler: X ≤ L/(D+ε)",
							"Little's law: L loops, each blocked for D + ε by one request; no loop helps another",
							Prediction.Side.AT_MOST, Band.relative(0.05),
							(conditions) -> blocksLoops(conditions) ? OptionalDouble.of(conditions.capRps())
									: OptionalDouble.empty()))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT, "of those who block, everywhere else: X = λ",
					"Who blocks a thread of its own is in nobody's way", Band.relative(0.05),
					(conditions) -> (!bystander(conditions) && !harmful(conditions))
							? OptionalDouble.of(conditions.offeredRps()) : OptionalDouble.empty()))
			.predicting(new Prediction.Limit(Quantity.WAIT_GROWTH,
					"of those who block, webflux in the handler: ≥ (λ−X)/X with X = L/(D+ε)",
					"A queue that receives λ and gives at most X grows by λ−X a second or more; X works it off",
					Prediction.Side.AT_LEAST, new Band(0.1, 0.02),
					(conditions) -> blocksLoops(conditions) ? conditions.waitGrowth() : OptionalDouble.empty()))
			.predicting(new Prediction.Limit(Quantity.MEDIAN_LATENCY,
					"of /api/hello, webflux beside the handler that blocks: ≥ D",
					"Past L/D no loop is ever free, and who comes stands behind those who block it",
					Prediction.Side.AT_LEAST, Band.relative(0.05),
					(conditions) -> (harmful(conditions) && bystander(conditions))
							? OptionalDouble.of(conditions.parameters().delayMs()) : OptionalDouble.empty()))
			.predicting(new Prediction.Limit(Quantity.P90_LATENCY, "of /api/hello, everywhere else: ≤ D/2",
					"Who blocks a thread of its own is in nobody's way", Prediction.Side.AT_MOST, Band.relative(0.05),
					(conditions) -> (!harmful(conditions) && bystander(conditions))
							? OptionalDouble.of(conditions.parameters().delayMs() / 2.0) : OptionalDouble.empty()))
			.declare();
	}

	private static Load.Encounter encounter(String where, double multiple, Set<Lane> heldUp) {
		String name = String.format(Locale.ROOT, "%s at %.2f x %s", where, multiple, Bound.LOOPS.symbol());
		return new Load.Encounter(new Load.Variant(name, (parameters) -> Request.blocking(parameters.delayMs(), where)),
				new Load.Variant(BYSTANDERS + name, (parameters) -> Request.hello()),
				(parameters) -> Load.Arrivals.of(1, multiple * Bound.LOOPS.rps(parameters), HELLOS_PER_SECOND), heldUp);
	}

	private static boolean blocksLoops(Conditions conditions) {
		return harmful(conditions) && !bystander(conditions);
	}

	// Whether somebody blocks a thread that others need.
	private static boolean harmful(Conditions conditions) {
		return conditions.bounded() && conditions.step().contains(MISTAKE);
	}

	private static boolean bystander(Conditions conditions) {
		return conditions.step().startsWith(BYSTANDERS);
	}

}
