package dev.threelanes.lane;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;

import org.apache.catalina.util.ServerInfo;
import org.apache.coyote.http11.AbstractHttp11Protocol;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.stereotype.Component;

/**
 * The server of this lane as it runs, whatever its configuration says.
 */
@Component
class RunningServer {

	private final ServletWebServerApplicationContext context;

	RunningServer(ServletWebServerApplicationContext context) {
		this.context = context;
	}

	String name() {
		return "Tomcat";
	}

	String version() {
		return ServerInfo.getServerNumber();
	}

	Whoami.ServerLimits limits() {
		TomcatWebServer server = (TomcatWebServer) this.context.getWebServer();
		AbstractHttp11Protocol<?> http = (AbstractHttp11Protocol<?>) server.getTomcat()
			.getConnector()
			.getProtocolHandler();
		return new Whoami.ServerLimits(threads(http.getExecutor()), null, http.getMaxConnections(),
				http.getAcceptCount(), (long) http.getKeepAliveTimeout(), requests(http.getMaxKeepAliveRequests()),
				requestTimeout(http));
	}

	private static Integer threads(Executor executor) {
		return switch (executor) {
			case org.apache.tomcat.util.threads.ThreadPoolExecutor pool -> pool.getMaximumPoolSize();
			case ThreadPoolExecutor pool -> pool.getMaximumPoolSize();
			// A virtual thread for each request: no pool, no limit.
			default -> null;
		};
	}

	// None with stock settings.
	private static Long requestTimeout(AbstractHttp11Protocol<?> http) {
		return (http instanceof ServerConnections.Protocol) ? Long.valueOf(http.getConnectionUploadTimeout()) : null;
	}

	private static Integer requests(int limit) {
		return (limit >= 0) ? Integer.valueOf(limit) : null;
	}

}
