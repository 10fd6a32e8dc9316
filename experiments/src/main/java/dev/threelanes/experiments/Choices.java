package dev.threelanes.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What is each choice worth that could be made otherwise? A lane as it is, beside itself
 * with a single thing changed, far below any limit.
 * <p>
 * Loom stands for mvc, whose code it is.
 */
final class Choices {

	private Choices() {
	}

	static Experiment declare() {
		List<Contender> contenders = new ArrayList<>();
		for (Lane lane : List.of(Lane.WEBFLUX, Lane.LOOM)) {
			contenders.add(Contender.of(lane));
			contenders.add(choice(lane, "compact", "compact object headers",
					Setup.AS_ALL.withFlag("-XX:+UseCompactObjectHeaders")));
			contenders.add(choice(lane, "parallel", "parallel collector", Setup.AS_ALL.with(Collector.PARALLEL)));
			contenders.add(choice(lane, "zgc", "ZGC", Setup.AS_ALL.with(Collector.ZGC)));
			contenders.add(choice(lane, "unobserved", "without observations",
					Setup.AS_ALL.withProperty("management.observations.enable.http", "false")));
		}
		contenders.add(choice(Lane.WEBFLUX, "nio", "the JDK's selectors",
				Setup.AS_ALL.withFlag("-Dreactor.netty.native=false")));
		contenders
			.add(choice(Lane.WEBFLUX, "one-loop", "L = 1", Setup.AS_ALL.withFlag("-Dreactor.netty.ioWorkerCount=1")));
		return Declaration
			.of(Theme.METHOD, "choices", "What is each choice worth that could be made otherwise?",
					"The virtual-thread debate")
			.contenders(contenders.toArray(Contender[]::new))
			.under(new Load.Rising(List.of(0.1), 2))
			// As in the experiment about clients.
			.with(Profile.SMOKE, new Parameters(50, 20))
			.with(new Parameters(50, 200))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT, "X = λ whatever is chosen",
					"The load is a tenth of the smallest cap", Band.relative(0.02),
					(conditions) -> OptionalDouble.of(conditions.throughputRps())))
			.declare();
	}

	private static Contender choice(Lane lane, String id, String title, Setup setup) {
		return new Contender(lane.id() + "-" + id, "%s, %s".formatted(lane.title(), title), lane, Map.of()).with(setup);
	}

}
