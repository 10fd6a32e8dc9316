package dev.threelanes.downstream;

import java.net.InetSocketAddress;
import java.time.Duration;

import io.netty.channel.ChannelOption;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * Starts the slow service. It keeps no state: how long an answer takes is in its address,
 * so that one process serves any experiment and nothing can be left over from the last. A
 * fault on demand, for which it must have been started with {@code --faults}, ends by
 * itself.
 */
public final class Downstream {

	/**
	 * Connections that the kernel may hold until they are accepted; it may allow fewer.
	 */
	private static final int BACKLOG = 8192;

	/** Less than the 5 s after which the service must be gone. */
	private static final Duration GRACE = Duration.ofSeconds(4);

	private static final int BAD_USAGE = 2;

	private static final int COULD_NOT_RUN = 3;

	private Downstream() {
	}

	/**
	 * Runs the service until it is told to end.
	 * @param arguments {@code --address=}, {@code --port=} and {@code --faults}
	 */
	public static void main(String[] arguments) {
		Options options;
		try {
			options = Options.parse(arguments, System.getProperties());
		}
		catch (IllegalArgumentException ex) {
			System.err.println("downstream: " + ex.getMessage());
			System.err.println(Options.USAGE);
			System.exit(BAD_USAGE);
			return;
		}
		try {
			DisposableServer server = start(options);
			Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
			InetSocketAddress address = (InetSocketAddress) server.address();
			System.out.println("downstream listening on %s:%d".formatted(address.getAddress().getHostAddress(),
					address.getPort()));
			server.onDispose().block();
		}
		catch (RuntimeException ex) {
			System.err.println("downstream: cannot listen on %s:%d: %s".formatted(options.address(), options.port(),
					ex.getMessage()));
			System.exit(COULD_NOT_RUN);
		}
	}

	/**
	 * Starts the service. Idle connections are never closed and may carry any number of
	 * requests: both would show as errors of a lane.
	 * @param options where to listen
	 * @return the running service
	 */
	static DisposableServer start(Options options) {
		return HttpServer.create()
			.host(options.address())
			.port(options.port())
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			// With a group of its connections the server waits for requests in flight
			// when it stops.
			.channelGroup(new DefaultChannelGroup(GlobalEventExecutor.INSTANCE))
			.handle(new Routes(new DelayMetrics(), options.faults() ? new Faults(System::nanoTime) : null))
			.bindNow();
	}

	private static void stop(DisposableServer server) {
		try {
			server.disposeNow(GRACE);
		}
		catch (RuntimeException ex) {
			System.err.println("downstream: ended with requests in flight");
		}
	}

}
