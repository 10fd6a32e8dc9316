package dev.threelanes.lane;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.MultithreadEventExecutorGroup;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerConfig;

import org.springframework.boot.http.client.autoconfigure.HttpClientsProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * The limits in force in this lane, the server's read from the running server. Sets those
 * that Spring Boot has no property for.
 */
@Component
class Limits implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	private final LaneProperties properties;

	private final HttpClientsProperties clients;

	private volatile HttpServerConfig http;

	Limits(LaneProperties properties, HttpClientsProperties clients) {
		this.properties = properties;
		this.clients = clients;
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers((server) -> limit(server).doOnBind((bound) -> this.http = bound));
	}

	String server() {
		return "Netty";
	}

	Whoami.Limits inForce() {
		LaneProperties.Server server = this.properties.server();
		LaneProperties.Downstream downstream = this.properties.downstream();
		return new Whoami.Limits(null, eventLoops(), (server != null) ? server.maxConnections() : null,
				(Integer) this.http.options().get(ChannelOption.SO_BACKLOG), millis(this.http.idleTimeout()),
				bounded(this.http.maxKeepAliveRequests()), downstream.maxConnections(),
				millis(downstream.acquireTimeout()), millis(this.clients.getConnectTimeout()),
				millis(this.clients.getReadTimeout()), millis(downstream.maxIdle()));
	}

	private HttpServer limit(HttpServer server) {
		LaneProperties.Server limits = this.properties.server();
		if (limits == null) {
			return server;
		}
		ConnectionLimit connections = new ConnectionLimit(limits.maxConnections());
		return server.option(ChannelOption.SO_BACKLOG, limits.backlog())
			.doOnChannelInit((observer, channel, address) -> connections.opened(channel));
	}

	private Integer eventLoops() {
		return (this.http.loopResources().onServer(true) instanceof MultithreadEventExecutorGroup loops)
				? Integer.valueOf(loops.executorCount()) : null;
	}

	private static Integer bounded(int limit) {
		return (limit >= 0) ? Integer.valueOf(limit) : null;
	}

	private static Long millis(Duration duration) {
		return (duration != null) ? Long.valueOf(duration.toMillis()) : null;
	}

	/**
	 * Bounds the number of open connections as Tomcat does: at the limit no more are
	 * accepted, and they wait in the backlog until another closes.
	 */
	private static final class ConnectionLimit {

		private final int max;

		/** Touched by the accepting event loop only. */
		private int open;

		ConnectionLimit(int max) {
			this.max = max;
		}

		void opened(Channel connection) {
			Channel acceptor = connection.parent();
			acceptor.eventLoop().execute(() -> count(acceptor, 1));
			connection.closeFuture().addListener((closed) -> acceptor.eventLoop().execute(() -> count(acceptor, -1)));
		}

		private void count(Channel acceptor, int change) {
			this.open += change;
			acceptor.config().setAutoRead(this.open < this.max);
		}

	}

}
