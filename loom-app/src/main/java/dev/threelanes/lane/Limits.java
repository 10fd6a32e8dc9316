package dev.threelanes.lane;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;

import org.apache.coyote.http11.AbstractHttp11Protocol;

import org.springframework.boot.http.client.autoconfigure.HttpClientsProperties;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.stereotype.Component;

/**
 * The limits in force in this lane, the server's read from the running server.
 */
@Component
class Limits {

	private final ServletWebServerApplicationContext context;

	private final LaneProperties properties;

	private final HttpClientsProperties clients;

	Limits(ServletWebServerApplicationContext context, LaneProperties properties, HttpClientsProperties clients) {
		this.context = context;
		this.properties = properties;
		this.clients = clients;
	}

	String server() {
		return "Tomcat";
	}

	Whoami.Limits inForce() {
		TomcatWebServer server = (TomcatWebServer) this.context.getWebServer();
		AbstractHttp11Protocol<?> http = (AbstractHttp11Protocol<?>) server.getTomcat()
			.getConnector()
			.getProtocolHandler();
		LaneProperties.Downstream downstream = this.properties.downstream();
		return new Whoami.Limits(threads(http.getExecutor()), null, http.getMaxConnections(), http.getAcceptCount(),
				(long) http.getKeepAliveTimeout(), bounded(http.getMaxKeepAliveRequests()), downstream.maxConnections(),
				millis(downstream.acquireTimeout()), millis(this.clients.getConnectTimeout()),
				millis(this.clients.getReadTimeout()), millis(downstream.maxIdle()));
	}

	private static Integer threads(Executor executor) {
		return switch (executor) {
			case org.apache.tomcat.util.threads.ThreadPoolExecutor pool -> pool.getMaximumPoolSize();
			case ThreadPoolExecutor pool -> pool.getMaximumPoolSize();
			// A virtual thread for each request: no pool, no limit.
			default -> null;
		};
	}

	private static Integer bounded(int limit) {
		return (limit >= 0) ? Integer.valueOf(limit) : null;
	}

	private static Long millis(Duration duration) {
		return (duration != null) ? Long.valueOf(duration.toMillis()) : null;
	}

}
