package dev.threelanes.experiments;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Does {@code synchronized} still pin a virtual thread to its carrier?
 */
final class Pinning {

	private static final int OLD_JDK = 21;

	/**
	 * A virtual thread cannot leave its carrier while there is a native frame on its
	 * stack, on any JDK, and with this flag the reflection that calls a handler is one.
	 */
	private static final String NATIVE_REFLECTION = "-Djdk.reflect.useNativeAccessorOnly=true";

	private static final Bound CARRIERS = new Bound(Parameter.LOOPS, EnumSet.of(Lane.LOOM));

	private Pinning() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.WAITING, "pinning", "Does synchronized still pin a virtual thread?", "The virtual-thread debate")
			.contenders(Contender.of(Lane.MVC), Contender.of(Lane.LOOM),
					new Contender("loom-jdk21", "Loom on JDK 21", Lane.LOOM, Map.of()).with(Setup.AS_ALL.onJdk(OLD_JDK))
						.boundBy(CARRIERS),
					new Contender("loom-native", "Loom, called by native code", Lane.LOOM, Map.of())
						.with(Setup.AS_ALL.withFlag(NATIVE_REFLECTION))
						.boundBy(CARRIERS))
			.boundBy(Bound.ofNoLane(Parameter.LOOPS))
			.asking((parameters) -> Request.blocking(parameters.delayMs(), "monitor"))
			.under(new Load.Bursts(List.of(1, 4, 8, 20, 40)))
			.with(Profile.SMOKE, new Parameters(200, 200).and(Parameter.LOOPS, 4))
			.with(new Parameters(500, 200).and(Parameter.LOOPS, 4))
			.predicting(new Prediction.Value(Quantity.MAKESPAN,
					"not pinned: t+ε; pinned (JDK 21, or a native frame on the stack): ⌈n/L⌉·(t+ε)",
					"A virtual thread that is pinned keeps its carrier, and L carriers take n in waves of L",
					new Band(0.1, 20),
					(conditions) -> (conditions.users() > 1) ? OptionalDouble.of(1000 * conditions.makespanSeconds())
							: OptionalDouble.empty()))
			.declare();
	}

}
