package dev.threelanes.contract;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a lane has to be, so that none can pass for another.
 */
public enum Lane {

	/** Platform threads from a pool. */
	MVC("Tomcat", false, Map.of("serverThreads", 200), "executor_pool_max_threads", "tomcat_threads_busy_threads",
			"tomcat_threads_config_max_threads", "tomcat_connections_current_connections"),

	/** An event loop; its number of loops depends on the processors. */
	WEBFLUX("Netty", false, Map.of("eventLoops", Math.max(4, Runtime.getRuntime().availableProcessors())),
			"netty_eventexecutor_tasks_pending"),

	/** Virtual threads, as many as there are requests. */
	LOOM("Tomcat", true, Map.of(), "tomcat_connections_current_connections");

	private final String server;

	private final boolean virtual;

	private final Map<String, Integer> workers;

	private final Set<String> metrics;

	Lane(String server, boolean virtual, Map<String, Integer> workers, String... metrics) {
		this.server = server;
		this.virtual = virtual;
		this.workers = workers;
		this.metrics = Set.of(metrics);
	}

	String laneName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The limits of the server and the pool as Spring Boot leaves them.
	 * @return the values by name
	 */
	Map<String, Integer> stockLimits() {
		Map<String, Integer> limits = new HashMap<>(this.workers);
		if (this.server.equals("Tomcat")) {
			limits.putAll(Map.of("maxConnections", 8192, "backlog", 100, "keepAliveTimeoutMs", 60000,
					"maxKeepAliveRequests", 100));
		}
		limits.put("dbMaxConnections", 10);
		limits.put("permits", 2);
		limits.put("maxRequests", 0);
		return limits;
	}

	String server() {
		return this.server;
	}

	/**
	 * Whether a handler that blocks holds up the requests of others: an event loop has
	 * only the one thread for many of them.
	 * @return whether it does
	 */
	boolean blockedHandlersHoldUpOthers() {
		return this == WEBFLUX;
	}

	/**
	 * Whether it hears at once that a caller hung up, and drops the request: an event
	 * loop does, a thread only when it writes the answer.
	 * @return whether it does
	 */
	boolean hearsHangUps() {
		return this == WEBFLUX;
	}

	boolean virtual() {
		return this.virtual;
	}

	/**
	 * The limits by which its way of waiting shows: threads or loops, or neither.
	 * @return the values by name
	 */
	Map<String, Integer> workers() {
		return this.workers;
	}

	/**
	 * How many callers can wait at once, so that one more can wake them: all but one of
	 * its threads, or more than enough where a caller needs no thread of a pool.
	 * @return the number
	 */
	int waitersAtOnce() {
		return this.workers.getOrDefault("serverThreads", 1001) - 1;
	}

	/**
	 * Whether a caller who goes away while it waits is noticed. An event loop sees every
	 * connection close; a thread that sleeps does not look, be it virtual or not, and
	 * Tomcat looks for nobody else while a request is handled.
	 * @return whether its place is freed before its time is up
	 */
	boolean noticesDepartures() {
		return this == WEBFLUX;
	}

	/**
	 * What the metrics of its pool of connections to the database begin with.
	 * @return the beginning of their names
	 */
	String pool() {
		return (this == WEBFLUX) ? "r2dbc.pool" : "hikaricp.connections";
	}

	/**
	 * The metrics that only its server has, as Prometheus reads them.
	 * @return their names
	 */
	Set<String> metrics() {
		return this.metrics;
	}

}
