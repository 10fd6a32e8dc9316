package dev.threelanes.runner;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The PostgreSQL that lanes ask, through JDBC or R2DBC: the run's own, or any server that
 * the reader names. Who asks is told to lanes by their environment alone, so that no
 * password stands on a command line or in a file.
 *
 * @param host its host
 * @param port its port
 * @param name the database's name
 * @param ownOfRun whether the run starts and ends it
 * @param environment the variables that tell a lane who asks
 */
record Database(String host, int port, String name, boolean ownOfRun, Map<String, String> environment) {

	/** The variable that holds the user of a reader's own server. */
	static final String USER = "THREE_LANES_DATABASE_USER";

	/** The variable that holds the user's password. */
	static final String PASSWORD = "THREE_LANES_DATABASE_PASSWORD";

	private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");

	private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

	private static final int DEFAULT_PORT = 5432;

	private static final Duration PATIENCE = Duration.ofSeconds(3);

	Database {
		environment = Map.copyOf(environment);
	}

	/**
	 * The server that a run brings along.
	 * @param ports the ports of the run
	 * @return the database
	 */
	static Database ofRun(Ports ports) {
		return new Database("127.0.0.1", ports.database(), "postgres", true, Map.of());
	}

	/**
	 * A server of the reader's own.
	 * @param address an address like {@code postgresql://host:5432/name}; one that begins
	 * with {@code jdbc:} or {@code r2dbc:} means the same
	 * @param allowedHosts other machines that may be asked
	 * @param variables the variables of the runner, with user and password
	 * @return the database
	 * @throws IllegalArgumentException if it is no such address, holds a password, or is
	 * on a machine that was not allowed
	 */
	static Database of(String address, List<String> allowedHosts, Map<String, String> variables) {
		URI uri = uri(address.replaceFirst("^(jdbc|r2dbc):", ""));
		if (uri.getUserInfo() != null) {
			// Not repeated, because what is printed is often kept.
			throw new IllegalArgumentException(
					"--database takes no user and no password: set %s and %s".formatted(USER, PASSWORD));
		}
		String path = (uri.getPath() != null) ? uri.getPath() : "";
		if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || uri.getHost() == null || path.length() < 2
				|| path.indexOf('/', 1) >= 0 || uri.getQuery() != null) {
			throw new IllegalArgumentException(
					"--database needs an address like postgresql://localhost:5432/name, without options");
		}
		String host = uri.getHost().toLowerCase(Locale.ROOT);
		if (!THIS_MACHINE.contains(host) && !allowedHosts.contains(host)) {
			throw new IllegalArgumentException(
					"the database is on another machine, %s: asking it needs --allow-host %s and its owner's consent"
						.formatted(host, host));
		}
		Map<String, String> environment = new LinkedHashMap<>();
		pass(variables, USER, environment, "LANE_QUERY_USER");
		pass(variables, PASSWORD, environment, "LANE_QUERY_PASSWORD");
		return new Database(host, (uri.getPort() > 0) ? uri.getPort() : DEFAULT_PORT, path.substring(1), false,
				environment);
	}

	/**
	 * The server that a run was begun with.
	 * @param address its address, as it was written
	 * @param variables the variables of the runner, with user and password
	 * @return the database
	 * @throws IllegalArgumentException if it is no such address
	 */
	static Database again(String address, Map<String, String> variables) {
		// It was allowed when the run was begun.
		return of(address, List.of(uri(address).getHost().toLowerCase(Locale.ROOT)), variables);
	}

	/**
	 * What a lane is told on its command line; its JDBC or R2DBC address follows from it.
	 * @return arguments of the lane
	 */
	List<String> arguments() {
		return List.of("--lane.query.host=" + this.host, "--lane.query.port=" + this.port,
				"--lane.query.database=" + this.name);
	}

	/**
	 * Its address for the record, without who asks.
	 * @return the address
	 */
	String address() {
		return "postgresql://%s:%d/%s".formatted(this.host, this.port, this.name);
	}

	/**
	 * Makes sure that somebody listens there.
	 * @throws RunFailure if nobody does
	 */
	void requireReachable() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(this.host.replaceAll("[\\[\\]]", ""), this.port),
					(int) PATIENCE.toMillis());
		}
		catch (IOException ex) {
			throw new RunFailure("The database %s cannot be reached: %s".formatted(address(), ex.getMessage()), ex);
		}
	}

	private static void pass(Map<String, String> variables, String name, Map<String, String> environment,
			String laneName) {
		String value = variables.get(name);
		if (value != null) {
			environment.put(laneName, value);
		}
	}

	private static URI uri(String address) {
		try {
			return new URI(address);
		}
		catch (URISyntaxException ex) {
			// Without the address: it may hold a password.
			throw new IllegalArgumentException("--database needs an address like postgresql://localhost:5432/name", ex);
		}
	}

	@Override
	public String toString() {
		return address();
	}

}
