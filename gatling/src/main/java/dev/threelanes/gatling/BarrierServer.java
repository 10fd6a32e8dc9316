package dev.threelanes.gatling;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;

import dev.threelanes.experiments.Share;
import org.jspecify.annotations.Nullable;

/**
 * Where injectors that share a load wait for each other before every step: none begins
 * before the last answer to all has come, and all begin at one moment that the first of
 * them names. It speaks in lines of text over a connection from each.
 */
final class BarrierServer implements AutoCloseable {

	private static final int BACKLOG = Share.MOST;

	private final ServerSocket socket;

	private final int injectors;

	private final int steps;

	private final Duration lead;

	private final long notBeforeMillis;

	private final BitSet joined = new BitSet();

	private int waiting;

	private int step;

	private long beginMillis;

	private @Nullable String broken;

	private BarrierServer(ServerSocket socket, int injectors, int steps, Duration lead, long notBeforeMillis) {
		this.socket = socket;
		this.injectors = injectors;
		this.steps = steps;
		this.lead = lead;
		this.notBeforeMillis = notBeforeMillis;
	}

	/**
	 * Begins to listen.
	 * @param address where; other than on the loopback the port counts, and all addresses
	 * of the machine are listened on
	 * @param injectors how many share the load
	 * @param steps how many steps there are
	 * @param lead how long after the last has come a step begins
	 * @param notBeforeMillis when the first step begins at the earliest, in milliseconds
	 * since 1970
	 * @return the server
	 * @throws IOException if it cannot listen
	 */
	static BarrierServer start(InetSocketAddress address, int injectors, int steps, Duration lead, long notBeforeMillis)
			throws IOException {
		ServerSocket socket = new ServerSocket();
		socket.setReuseAddress(true);
		socket.bind(own(address), BACKLOG);
		BarrierServer server = new BarrierServer(socket, injectors, steps, lead, notBeforeMillis);
		Thread.ofPlatform().daemon().name("barrier").start(server::accept);
		return server;
	}

	// Its own name may not be known to the network yet.
	private static InetSocketAddress own(InetSocketAddress address) {
		InetSocketAddress resolved = new InetSocketAddress(address.getHostString(), address.getPort());
		InetAddress host = resolved.getAddress();
		return (host != null && host.isLoopbackAddress()) ? resolved : new InetSocketAddress(address.getPort());
	}

	int port() {
		return this.socket.getLocalPort();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private void accept() {
		try {
			while (true) {
				Socket connection = this.socket.accept();
				Thread.ofPlatform().daemon().name("barrier-connection").start(() -> serve(connection));
			}
		}
		catch (IOException ex) {
			// Closed: nobody needs it any more.
		}
	}

	private void serve(Socket connection) {
		int injector = -1;
		try (connection;
				BufferedReader in = new BufferedReader(
						new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
				PrintWriter out = new PrintWriter(connection.getOutputStream(), true, StandardCharsets.UTF_8)) {
			connection.setTcpNoDelay(true);
			BarrierLine.Hello hello = BarrierLine.Hello.of(in.readLine());
			String refusal = join(hello);
			if (refusal != null) {
				out.println(BarrierLine.no(refusal));
				// Whoever closes with words unread takes back its own last ones.
				in.transferTo(Writer.nullWriter());
				return;
			}
			injector = hello.injector();
			for (int next = 0; next < this.steps; next++) {
				String line = in.readLine();
				while (BarrierLine.CLOCK.equals(line)) {
					out.println(BarrierLine.clock(System.currentTimeMillis()));
					line = in.readLine();
				}
				if (!BarrierLine.ready(next).equals(line)) {
					throw new IOException("it said '%s'".formatted(line));
				}
				out.println(meet());
			}
		}
		catch (IOException ex) {
			if (injector >= 0) {
				lose("injector %d of %d has gone".formatted(injector, this.injectors));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private synchronized @Nullable String join(BarrierLine.Hello hello) {
		if (hello.injectors() != this.injectors || hello.injector() < 0 || hello.injector() >= this.injectors) {
			return "this load is shared by %d injectors, and injector %d was told of %d".formatted(this.injectors,
					hello.injector(), hello.injectors());
		}
		if (hello.steps() != this.steps) {
			return "injector %d was told of another load".formatted(hello.injector());
		}
		if (this.joined.get(hello.injector())) {
			return "there is an injector %d already".formatted(hello.injector());
		}
		this.joined.set(hello.injector());
		return null;
	}

	// The answer to whoever is ready: when to begin, or why there is no use in waiting.
	private synchronized String meet() throws InterruptedException {
		int own = this.step;
		this.waiting++;
		if (this.waiting == this.injectors) {
			this.waiting = 0;
			this.beginMillis = Math.max(this.notBeforeMillis, System.currentTimeMillis() + this.lead.toMillis());
			this.step++;
			notifyAll();
		}
		while (this.step == own && this.broken == null) {
			wait();
		}
		return (this.step != own) ? BarrierLine.begin(this.beginMillis)
				: BarrierLine.no((this.broken != null) ? this.broken : "");
	}

	private synchronized void lose(String why) {
		if (this.broken == null) {
			this.broken = why;
		}
		notifyAll();
	}

}
