package dev.threelanes.experiments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which HTTP client for which lane? Each lane with each of the libraries that Spring Boot
 * knows, under the same load far below any limit.
 */
final class Clients {

	/** The property by which a lane is given another client than its own. */
	private static final String PROPERTY = "lane.downstream.client";

	private Clients() {
	}

	static Experiment declare() {
		List<Contender> contenders = new ArrayList<>();
		SortedMap<String, List<String>> rivals = new TreeMap<>();
		for (Lane lane : Lane.values()) {
			contenders.add(Contender.of(lane));
			List<Contender> others = Arrays.stream(Library.values())
				.filter((library) -> library != own(lane))
				.map((library) -> library.on(lane))
				.toList();
			contenders.addAll(others);
			rivals.put(lane.id(), others.stream().map(Contender::id).toList());
		}
		return Declaration.of(Theme.METHOD, "clients", "Which HTTP client for which lane?", "The virtual-thread debate")
			.contenders(contenders.toArray(Contender[]::new))
			.under(new Load.Rising(List.of(0.1), 2))
			// A short delay, so that what the client adds shows.
			.with(Profile.SMOKE, new Parameters(50, 20))
			.with(new Parameters(50, 200))
			.predicting(new Prediction.Value(Quantity.THROUGHPUT, "X = λ with every client",
					"The load is a tenth of the smallest cap", Band.relative(0.02),
					(conditions) -> OptionalDouble.of(conditions.throughputRps())))
			.predicting(new Prediction.Best(Quantity.CPU_PER_REQUEST,
					"the client that a lane has takes no more CPU time a request than any other, within 10 %",
					"A lane that is to stand for its kind must not be slowed down by a choice that nobody made",
					Band.relative(0.1), rivals))
			.predicting(new Prediction.Best(Quantity.MEDIAN_LATENCY, "nor does it answer later, within max(2 ms, 5 %)",
					"The same of the time that a caller waits", new Band(0.05, 2), rivals))
			.declare();
	}

	private static Library own(Lane lane) {
		return (lane == Lane.WEBFLUX) ? Library.REACTOR_NETTY : Library.APACHE;
	}

	/**
	 * A client library.
	 */
	private enum Library {

		APACHE("apache", "Apache HttpClient 5", "http-components"),

		JDK("jdk", "the JDK's client", "jdk"),

		JETTY("jetty", "Jetty's client", "jetty"),

		REACTOR_NETTY("reactor-netty", "Reactor Netty's client", "reactor");

		private final String id;

		private final String title;

		private final String value;

		Library(String id, String title, String value) {
			this.id = id;
			this.title = title;
			this.value = value;
		}

		private Contender on(Lane lane) {
			return new Contender(lane.id() + "-" + this.id, "%s, %s".formatted(lane.title(), this.title), lane,
					Map.of())
				.with(Setup.AS_ALL.withProperty(PROPERTY, this.value));
		}

	}

}
