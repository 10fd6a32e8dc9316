package dev.threelanes.lane;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.netty4.NettyEventExecutorMetrics;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.Version;
import io.netty.util.concurrent.MultithreadEventExecutorGroup;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerConfig;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;

/**
 * The server of this lane as it runs, whatever its configuration says. Sets the limits
 * that Spring Boot has no property for, and counts what waits for each event loop.
 */
@Component
class RunningServer implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, MeterBinder {

	private final LaneProperties.Server properties;

	private final ReactorResourceFactory resources;

	// Read once: it is in a file, which an event loop must not wait for.
	private final String version = Version.identify().get("netty-transport").artifactVersion();

	private volatile HttpServerConfig http;

	private volatile ConnectionLimit connections;

	RunningServer(LaneProperties properties, ReactorResourceFactory resources) {
		this.properties = properties.server();
		this.resources = resources;
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers((server) -> limit(server).doOnBind((bound) -> this.http = bound));
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		new NettyEventExecutorMetrics(this.resources.getLoopResources().onServer(true)).bindTo(registry);
	}

	String name() {
		return "Netty";
	}

	String version() {
		return this.version;
	}

	Whoami.ServerLimits limits() {
		return new Whoami.ServerLimits(null, eventLoops(),
				(this.connections != null) ? Integer.valueOf(this.connections.max) : null,
				(Integer) this.http.options().get(ChannelOption.SO_BACKLOG), millis(this.http.idleTimeout()),
				requests(this.http.maxKeepAliveRequests()),
				(this.properties != null) ? millis(this.properties.requestTimeout()) : null);
	}

	private HttpServer limit(HttpServer server) {
		// None with stock settings.
		if (this.properties == null) {
			return server;
		}
		return server.option(ChannelOption.SO_BACKLOG, this.properties.backlog()).doOnBound((bound) -> {
			this.connections = new ConnectionLimit(this.properties.maxConnections());
			bound.channel().pipeline().addFirst(this.connections);
		});
	}

	private Integer eventLoops() {
		return (this.http.loopResources().onServer(true) instanceof MultithreadEventExecutorGroup loops)
				? Integer.valueOf(loops.executorCount()) : null;
	}

	private static Integer requests(int limit) {
		return (limit >= 0) ? Integer.valueOf(limit) : null;
	}

	private static Long millis(Duration duration) {
		return (duration != null) ? Long.valueOf(duration.toMillis()) : null;
	}

	/**
	 * Bounds the number of open connections as Tomcat does: at the limit no more are
	 * accepted, and they wait in the backlog until another closes. All of it runs on the
	 * one event loop that accepts.
	 */
	private static final class ConnectionLimit extends ChannelInboundHandlerAdapter {

		private final int max;

		private int open;

		ConnectionLimit(int max) {
			this.max = max;
		}

		@Override
		public void channelRead(ChannelHandlerContext acceptor, Object connection) {
			count(acceptor, 1);
			((Channel) connection).closeFuture()
				.addListener((closed) -> acceptor.executor().execute(() -> count(acceptor, -1)));
			acceptor.fireChannelRead(connection);
		}

		private void count(ChannelHandlerContext acceptor, int change) {
			this.open += change;
			acceptor.channel().config().setAutoRead(this.open < this.max);
		}

	}

}
