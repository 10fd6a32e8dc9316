package dev.threelanes.lane;

import java.net.URI;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What this lane is, and the limits that Spring Boot has no property for.
 *
 * @param name the lane's name
 * @param settings {@code aligned} or {@code stock}
 * @param downstream where the slow service is and how many connections to it there may be
 * @param server limits of the server; none with stock settings
 * @param query how many connections to the database there may be; its address is given to
 * Spring Boot
 */
@ConfigurationProperties("lane")
record LaneProperties(String name, String settings, Downstream downstream, Server server, Query query) {

	/**
	 * The way to the slow service; with stock settings only its address.
	 *
	 * @param url its address
	 * @param maxConnections the most connections to it
	 * @param acquireTimeout how long a request waits for one of them
	 * @param connectTimeout how long connecting may take
	 * @param responseTimeout how long it may be silent before and within its answer
	 * @param maxIdle how long one is kept without use
	 */
	record Downstream(URI url, Integer maxConnections, Duration acquireTimeout, Duration connectTimeout,
			Duration responseTimeout, Duration maxIdle) {
	}

	/**
	 * Limits of the server.
	 *
	 * @param maxConnections the most open connections; more wait in the backlog
	 * @param backlog the length of the backlog
	 */
	record Server(int maxConnections, int backlog) {
	}

	/**
	 * The way to the database; nothing of it with stock settings.
	 *
	 * @param maxConnections the most connections to it, which are all kept open
	 * @param acquireTimeout how long a request waits for one of them
	 * @param connectTimeout how long connecting may take, in whole seconds
	 * @param statementTimeout how long a statement may take before the database ends it
	 */
	record Query(Integer maxConnections, Duration acquireTimeout, Duration connectTimeout, Duration statementTimeout) {
	}

}
