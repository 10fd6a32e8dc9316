package dev.threelanes.experiments;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What do the defaults do? Each lane with the project's limits and with Spring Boot's
 * own, each loaded in multiples of its own cap.
 */
final class StockDefaults {

	/** Apache HttpClient 5, which RestClient finds on the class path: 5 a route. */
	private static final int APACHE = 5;

	/** The pool of Reactor Netty's client that Spring Boot shares with its server. */
	private static final int REACTOR_NETTY = 500;

	/** Tomcat. */
	private static final int TOMCAT = 200;

	private StockDefaults() {
	}

	static Experiment declare() {
		return Declaration.of(Theme.LIMITS, "stock-defaults", "What do the defaults do?", "The virtual-thread debate")
			.contenders(aligned(Lane.MVC), aligned(Lane.WEBFLUX), aligned(Lane.LOOM), stock(Lane.MVC, APACHE),
					stock(Lane.WEBFLUX, REACTOR_NETTY), stock(Lane.LOOM, APACHE))
			.under(new Load.Rising(List.of(0.5, 1.25), 2))
			// Of half a thousand new threads a lane that is hardly warm does not collect
			// the garbage without standing still.
			.with(Profile.SMOKE, new Parameters(2000, TOMCAT).and(Parameter.CONNECTIONS, 10_000))
			// D is long and T as large as the largest default, so that half a thousand
			// places are full at a load that two processors carry.
			.with(new Parameters(2000, REACTOR_NETTY).and(Parameter.CONNECTIONS, 10_000))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT,
					"aligned: mvc X = min(λ, T/(D+ε)), webflux, loom X = λ; stock: X = min(λ, P/(D+ε)) with the client's P: "
							+ "mvc, loom %d, webflux %d".formatted(APACHE, REACTOR_NETTY),
					"Little's law: what is scarce by default is the client's connections, not the server's threads",
					Band.relative(0.02), (conditions) -> OptionalDouble.of(conditions.throughputRps())))
			.declare();
	}

	private static Contender aligned(Lane lane) {
		return Contender.of(lane).with(Setup.AS_ALL.with(Settings.ALIGNED));
	}

	private static Contender stock(Lane lane, int connections) {
		return new Contender(lane.id() + "-stock", lane.title() + ", stock", lane,
				Map.of(Parameter.CONNECTIONS.id(), connections, Parameter.THREADS.id(), TOMCAT))
			.with(Setup.AS_ALL.with(Settings.STOCK))
			.boundBy(new Bound(Parameter.CONNECTIONS, EnumSet.of(lane)));
	}

}
