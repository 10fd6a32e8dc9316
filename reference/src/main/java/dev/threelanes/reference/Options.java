package dev.threelanes.reference;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a reference is started with.
 *
 * @param kind which of them
 * @param port where it serves, 0 for any free port
 * @param managementPort where it tells its metrics, 0 for any free port
 * @param downstream the slow service that it calls
 */
record Options(Kind kind, int port, int managementPort, URI downstream) {

	static final String USAGE = "Usage: reference --kind=%s [--port=8084] [--management-port=9084] [--downstream=http://127.0.0.1:8090]"
		.formatted(Kind.words());

	private static final int MAX_PORT = 65_535;

	Options {
		requirePort("port", port);
		requirePort("management-port", managementPort);
		if (!"http".equals(downstream.getScheme()) || downstream.getHost() == null || downstream.getPort() < 1) {
			throw new IllegalArgumentException(
					"--downstream must be an address like http://127.0.0.1:8090, not '%s'".formatted(downstream));
		}
	}

	static Options parse(String... arguments) {
		Map<String, String> values = new TreeMap<>(
				Map.of("port", "8084", "management-port", "9084", "downstream", "http://127.0.0.1:8090", "kind", ""));
		for (String argument : arguments) {
			int equals = argument.indexOf('=');
			if (!argument.startsWith("--") || equals < 0 || !values.containsKey(argument.substring(2, equals))) {
				throw new IllegalArgumentException("unknown option '%s'".formatted(argument));
			}
			values.put(argument.substring(2, equals), argument.substring(equals + 1));
		}
		return new Options(Kind.of(value(values, "kind")), port(values, "port"), port(values, "management-port"),
				URI.create(value(values, "downstream")));
	}

	private static String value(Map<String, String> values, String name) {
		return values.getOrDefault(name, "");
	}

	private static int port(Map<String, String> values, String name) {
		String port = value(values, name);
		try {
			return Integer.parseInt(port);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"--%s must be a whole number between 0 and %d, not '%s'".formatted(name, MAX_PORT, port), ex);
		}
	}

	private static void requirePort(String name, int port) {
		if (port < 0 || port > MAX_PORT) {
			throw new IllegalArgumentException("--%s must be between 0 and %d, not %d".formatted(name, MAX_PORT, port));
		}
	}

	/**
	 * Which reference.
	 */
	enum Kind {

		/** Reactor Netty on both sides: the event loop by itself. */
		NETTY("bare-netty"),

		/** Tomcat and Apache's client on virtual threads: the blocking code by itself. */
		TOMCAT("bare-tomcat");

		private final String id;

		Kind(String id) {
			this.id = id;
		}

		String id() {
			return this.id;
		}

		static Kind of(String id) {
			return Arrays.stream(values())
				.filter((kind) -> kind.id.equals(id))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("--kind must be %s, not '%s'".formatted(words(), id)));
		}

		private static String words() {
			return String.join("|", Arrays.stream(values()).map(Kind::id).toList());
		}

	}

}
