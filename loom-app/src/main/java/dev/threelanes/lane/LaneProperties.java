package dev.threelanes.lane;

import java.net.URI;
import java.time.Duration;

import io.github.resilience4j.bulkhead.BulkheadConfig;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * What this lane is, and the limits that Spring Boot has no property for.
 *
 * @param name the lane's name
 * @param settings {@code aligned} or {@code stock}
 * @param downstream where the slow service is and how many connections to it there may be
 * @param admission how many requests are let in at once
 * @param limited who may call the slow service at once where that is limited
 * @param query how many connections to the database there may be; its address is given to
 * Spring Boot
 * @param server limits of the server; none with stock settings
 * @param shutdownDelay how long it goes on serving after it has said that it is going
 */
@ConfigurationProperties("lane")
record LaneProperties(String name, String settings, Downstream downstream, Admission admission, Limited limited,
		Query query, Server server, Duration shutdownDelay) {

	/**
	 * The way to the slow service; with stock settings only its address.
	 *
	 * @param url its address
	 * @param maxConnections the most connections to it
	 * @param acquireTimeout how long a request waits for one of them
	 * @param connectTimeout how long connecting may take
	 * @param responseTimeout how long it may be silent before and within its answer
	 * @param callTimeout how long a call may take from its beginning to its end
	 * @param maxIdle how long one is kept without use
	 */
	record Downstream(URI url, Integer maxConnections, Duration acquireTimeout, Duration connectTimeout,
			Duration responseTimeout, Duration callTimeout, Duration maxIdle) {
	}

	/**
	 * Whom this lane lets in.
	 *
	 * @param maxRequests the most requests at once, of which more are refused; 0 for any
	 * number
	 */
	record Admission(int maxRequests) {

		Admission {
			Assert.isTrue(maxRequests >= 0, "lane.admission.max-requests must be 0 or more");
		}

		// Whoever asks what this lane is must be told so above all when it is full.
		static boolean concerns(String path) {
			return path.startsWith("/api/") && !path.equals("/api/whoami");
		}

		BulkheadConfig bulkhead() {
			return BulkheadConfig.custom()
				.maxConcurrentCalls(this.maxRequests)
				// Nobody waits: who would have to is refused.
				.maxWaitDuration(Duration.ZERO)
				.writableStackTraceEnabled(false)
				.build();
		}

	}

	/**
	 * The limit that the lab itself sets, whatever the settings.
	 *
	 * @param permits how many requests may call the slow service at once
	 * @param acquireTimeout how long a request waits to be one of them
	 */
	record Limited(int permits, Duration acquireTimeout) {

		Limited {
			Assert.isTrue(permits > 0, "lane.limited.permits must be 1 or more");
		}

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

	/**
	 * Limits of the server.
	 *
	 * @param maxConnections the most open connections; more wait in the backlog
	 * @param backlog the length of the backlog
	 * @param requestTimeout how long the header of a request may take to arrive, and then
	 * its body
	 * @param maxBody the longest body
	 */
	record Server(int maxConnections, int backlog, Duration requestTimeout, DataSize maxBody) {
	}

}
