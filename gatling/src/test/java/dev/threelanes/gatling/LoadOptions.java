package dev.threelanes.gatling;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Outage;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Request;
import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Share;
import dev.threelanes.experiments.Step;
import org.jspecify.annotations.Nullable;

/**
 * What a simulation is told by system properties: {@code experiment}, {@code contender},
 * {@code profile}, {@code baseUrl}, {@code warmUpUrl}, {@code path}, {@code record.dir},
 * {@code downstream}, {@code injectors}, {@code injector}, {@code barrier},
 * {@code startAt}, and the catalogue's parameters by their names.
 *
 * @param experiment the experiment
 * @param profile how much time to spend
 * @param parameters the parameters
 * @param baseUrls the lane; users go to several addresses in turn, so that JVMs share the
 * load where no balancer stands in front of them
 * @param warmUpUrl the downstream, which warms the generator up where the lane is to stay
 * cold
 * @param path what to ask for instead of the experiment's request, or {@code null}
 * @param probe a single step in place of the experiment's load, or {@code null}
 * @param recordFolder where the project's own record goes
 * @param downstream where the downstream is that shall fail, or {@code null} if the
 * experiment does not want it to
 * @param share which users this generator takes over of every step
 * @param meeting where it meets the others that share the load, or {@code null} if it is
 * the only one
 */
record LoadOptions(Experiment experiment, Profile profile, Parameters parameters, List<String> baseUrls,
		String warmUpUrl, @Nullable String path, @Nullable Probe probe, Path recordFolder, @Nullable String downstream,
		Share share, @Nullable Meeting meeting) {

	private static final DateTimeFormatter FOLDER_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(60);

	/**
	 * Reads the system properties. A bad one ends the process with one line, since
	 * Gatling would wrap it in two stack traces.
	 * @return the options
	 */
	static LoadOptions ofSystemProperties() {
		try {
			return of(System.getProperties(), Instant.now());
		}
		catch (IllegalArgumentException ex) {
			System.err.println("Simulation not started: " + ex.getMessage());
			System.exit(1);
			throw ex;
		}
	}

	static LoadOptions of(Properties properties, Instant now) {
		LoadOptions options = read(properties, now);
		Share.requireShareable(options.experiment().id(), options.schedule(), options.share().injectors());
		return options;
	}

	private static LoadOptions read(Properties properties, Instant now) {
		Experiment experiment = Catalogue.experiment(properties.getProperty("experiment", "slow-call"))
			.seenBy(properties.getProperty("contender", ""));
		Profile profile = Profile.of(properties.getProperty("profile", "quick"));
		Parameters declared = experiment.parameters(profile, Map.of());
		Map<String, String> changes = new LinkedHashMap<>();
		for (String name : declared.asMap().keySet()) {
			String value = properties.getProperty(name);
			if (value != null) {
				changes.put(name, value);
			}
		}
		return new LoadOptions(experiment, profile, declared.with(changes),
				urls("baseUrl", properties.getProperty("baseUrl", "http://localhost:8080")),
				url("warmUpUrl", properties.getProperty("warmUpUrl", "http://localhost:8090")),
				properties.getProperty("path"), Probe.of(properties),
				Path.of(properties.getProperty("record.dir",
						"target/record/%s-%s".formatted(experiment.id(), FOLDER_TIME.format(now)))),
				experiment.failsDownstream()
						? url("downstream", properties.getProperty("downstream", "http://localhost:8090")) : null,
				share(properties), Meeting.of(properties));
	}

	Schedule schedule() {
		if (this.probe != null) {
			return this.experiment.probe(this.probe.rps(), this.probe.step(), this.parameters);
		}
		return this.experiment.schedule(this.profile, this.parameters);
	}

	// What the users of a step ask for, in turn.
	List<Request> requests(Step step) {
		List<Request> requests = this.experiment.requests(step, this.parameters);
		if (this.experiment.cold() && !this.schedule().steps().contains(step)) {
			return requests.stream()
				.map((request) -> new Request(this.warmUpUrl + request.target(), request.expectedBody()))
				.toList();
		}
		return (this.path != null) ? List.of(new Request(this.path, null)) : requests;
	}

	// Nobody gives up on a cold lane.
	Duration timeLimit(Step step) {
		return this.schedule().warmUp().contains(step) ? WARM_UP_LIMIT : this.experiment.timeLimit(this.parameters);
	}

	Optional<Outage> outage(Step step) {
		return (this.probe != null) ? Optional.empty() : this.experiment.outage(step.name(), this.parameters);
	}

	private static Share share(Properties properties) {
		return new Share(whole(properties, "injectors", "1"), whole(properties, "injector", "0"));
	}

	private static int whole(Properties properties, String name, String otherwise) {
		String text = properties.getProperty(name, otherwise);
		try {
			return Integer.parseInt(text);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("%s must be a whole number, not '%s'".formatted(name, text), ex);
		}
	}

	private static List<String> urls(String name, String text) {
		return Stream.of(text.split(",", -1)).map((one) -> url(name, one)).toList();
	}

	private static String url(String name, String text) {
		try {
			URI uri = URI.create(text);
			if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
				return text;
			}
		}
		catch (IllegalArgumentException ex) {
			// Told below.
		}
		throw new IllegalArgumentException(
				"%s must be an address like http://localhost:8081, not '%s'".formatted(name, text));
	}

	/**
	 * Where and when injectors that share a load meet: {@code barrier} and
	 * {@code startAt}.
	 *
	 * @param barrier where the first injector listens, the others connect
	 * @param startAt when the first step begins at the earliest
	 */
	record Meeting(InetSocketAddress barrier, Instant startAt) {

		static @Nullable Meeting of(Properties properties) {
			if (!share(properties).partial()) {
				return null;
			}
			String text = properties.getProperty("barrier", "");
			URI uri = null;
			try {
				uri = URI.create("tcp://" + text);
			}
			catch (IllegalArgumentException ex) {
				// Told below.
			}
			if (uri == null || uri.getHost() == null || uri.getPort() < 0) {
				throw new IllegalArgumentException(
						"barrier must be the address of injector 0 like 127.0.0.1:8093, not '%s'".formatted(text));
			}
			return new Meeting(InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort()), startAt(properties));
		}

		private static Instant startAt(Properties properties) {
			String text = properties.getProperty("startAt", "0");
			try {
				return Instant.ofEpochMilli(Long.parseLong(text));
			}
			catch (NumberFormatException ex) {
				throw new IllegalArgumentException("startAt must be milliseconds since 1970, not '%s'".formatted(text),
						ex);
			}
		}

	}

	/**
	 * A single step in place of the experiment's load: {@code rate} and {@code seconds}.
	 *
	 * @param rps the offered rate, requests a second
	 * @param step for how long it is offered
	 */
	record Probe(double rps, Duration step) {

		static @Nullable Probe of(Properties properties) {
			if (properties.getProperty("rate") == null) {
				return null;
			}
			return new Probe(positive(properties, "rate"), Duration.ofSeconds((long) positive(properties, "seconds")));
		}

		private static double positive(Properties properties, String name) {
			String text = properties.getProperty(name, "");
			try {
				double value = Double.parseDouble(text);
				if (value >= 1 && value <= 1e6) {
					return value;
				}
			}
			catch (NumberFormatException ex) {
				// Told below.
			}
			throw new IllegalArgumentException("%s must be between 1 and 1000000, not '%s'".formatted(name, text));
		}

	}

}
