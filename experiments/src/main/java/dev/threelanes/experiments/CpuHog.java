package dev.threelanes.experiments;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Who starves when one request computes? Once a second as many requests as there are
 * loops compute for h each, beside calls that wait for D.
 * <p>
 * Of the calls those wait that arrive while the loops compute, and those whose answer
 * from the downstream comes then: one that arrives v after the beginning of the h takes D
 * + h − v, one that had arrived u before it takes h + u. So in each turn of P seconds two
 * stretches of h − x hold the calls that take longer than D + x, as long as the second is
 * no longer than D, and the tenth of all that 90th percentiles are about takes longer
 * than D + h − max(P/20, P/10 − D). What the loop then has to catch up with makes it
 * longer still, so that this is a lower limit.
 */
final class CpuHog {

	private static final double TURN_SECONDS = 1;

	/** Little enough for a single loop, and in a quick run a hundred beyond the tenth. */
	private static final double CALLS_PER_SECOND = 100;

	private static final double BEYOND_P90 = 0.1;

	private static final String HOGS = "hogs";

	private static final String BESIDE_HOGS = "calls beside hogs";

	private static final String BESIDE_OTHERS = "calls beside short ones";

	private CpuHog() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.BESIDE, "cpu-hog", "Who starves when one request computes?",
					"Sync vs. Async Python (M. Grinberg); the virtual-thread debate")
			// The hogs first: how long one takes is h, which no theory knows.
			.under(new Load.Beside(List.of(
					encounter(new Load.Variant(HOGS, (parameters) -> Request.cpu(parameters.value(Parameter.ROUNDS))),
							BESIDE_HOGS, EnumSet.of(Lane.WEBFLUX, Lane.LOOM)),
					encounter(new Load.Variant("short ones", (parameters) -> Request.cpu(1)), BESIDE_OTHERS,
							EnumSet.noneOf(Lane.class))),
					2))
			.with(new Parameters(200, 200).and(Parameter.LOOPS, 1).and(Parameter.ROUNDS, 40_000_000))
			.predicting(new Prediction.Limit(Quantity.P90_LATENCY,
					"of /api/call beside hogs, webflux with L = 1 and loom: ≥ D + h − max(P/20, P/10 − D), "
							+ "every P = 1 s L hogs",
					"Nobody takes a loop or a carrier away from who computes; h is measured as ε",
					Prediction.Side.AT_LEAST, Band.relative(0.1), CpuHog::starvedMs))
			.predicting(new Prediction.Limit(Quantity.P90_LATENCY, "of /api/call beside hogs, mvc: ≤ D + h/2",
					"The kernel takes a processor away from who computes, and shares it out in slices",
					Prediction.Side.AT_MOST, Band.relative(0.1), CpuHog::slicedMs))
			.predicting(new Prediction.Limit(Quantity.P90_LATENCY, "of /api/call without hogs, every lane: ≤ 1.5·D",
					"Without a queue an answer takes D + ε", Prediction.Side.AT_MOST, Band.relative(0.1),
					(conditions) -> conditions.step().equals(BESIDE_OTHERS)
							? OptionalDouble.of(1.5 * conditions.parameters().delayMs()) : OptionalDouble.empty()))
			.declare();
	}

	private static Load.Encounter encounter(Load.Variant few, String bystanders, Set<Lane> heldUp) {
		return new Load.Encounter(few, new Load.Variant(bystanders, (parameters) -> Request.call(parameters.delayMs())),
				(parameters) -> {
					int together = parameters.value(Parameter.LOOPS);
					return Load.Arrivals.of(together, together / TURN_SECONDS, CALLS_PER_SECOND);
				}, heldUp);
	}

	private static OptionalDouble starvedMs(Conditions conditions) {
		boolean loops = conditions.lane() == Lane.WEBFLUX;
		// Of several loops two hogs may meet on one, since connections choose the loop.
		if (!conditions.step().equals(BESIDE_HOGS) || conditions.lane() == Lane.MVC
				|| (loops && conditions.parameters().value(Parameter.LOOPS) > 1)) {
			return OptionalDouble.empty();
		}
		double delay = conditions.parameters().delaySeconds();
		double beyond = BEYOND_P90 * TURN_SECONDS;
		double seconds = delay + conditions.overheadSeconds() - Math.max(beyond / 2, beyond - delay);
		return OptionalDouble.of(1000 * Math.max(delay, seconds));
	}

	private static OptionalDouble slicedMs(Conditions conditions) {
		return (conditions.step().equals(BESIDE_HOGS) && conditions.lane() == Lane.MVC)
				? OptionalDouble.of(conditions.parameters().delayMs() + 500 * conditions.overheadSeconds())
				: OptionalDouble.empty();
	}

}
