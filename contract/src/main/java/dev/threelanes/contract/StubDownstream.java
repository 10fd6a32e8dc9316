package dev.threelanes.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A slow service that does as it is told: it answers {@code GET
 * /delay/{delayMs}?id={id}}, or fails in the way asked for. Made from sockets, since a
 * server of its own would not reset connections or refuse them.
 */
final class StubDownstream {

	/**
	 * How much later than the others the call of number 0 is answered, in milliseconds,
	 * so that answers do not come in the order of the calls.
	 */
	static final int FIRST_IS_LATER_MS = 80;

	/** The pause before each byte of what trickles, in milliseconds. */
	static final int TRICKLE_MS = 200;

	/** The name of its threads, which are no lane's. */
	static final String THREAD = "stub-downstream";

	private static final byte[] FILLING = " ".repeat(8192).getBytes(StandardCharsets.ISO_8859_1);

	private static final Pattern REQUEST = Pattern.compile("GET /delay/(\\d+)\\?id=(\\d+) HTTP/1.1");

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private final List<Socket> waiting = new CopyOnWriteArrayList<>();

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private final AtomicInteger accepted = new AtomicInteger();

	private final int port;

	private volatile @Nullable ServerSocket listener;

	private volatile @Nullable Thread acceptor;

	private volatile Fault fault = Fault.NONE;

	private volatile int faultyId;

	private final Map<Integer, Fault> faultsByDelay = new ConcurrentHashMap<>();

	private volatile boolean hurried;

	StubDownstream() {
		this.port = listen(0);
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	/**
	 * Does everything right again, on fresh records.
	 */
	void reset() {
		this.fault = Fault.NONE;
		this.faultsByDelay.clear();
		this.hurried = false;
		if (!this.waiting.isEmpty()) {
			stopListening();
			this.waiting.forEach(StubDownstream::close);
			this.waiting.clear();
		}
		if (this.listener == null) {
			listen(this.port);
		}
		this.calls.clear();
		this.accepted.set(0);
	}

	/**
	 * Answers without a delay from now on.
	 */
	void hurry() {
		this.hurried = true;
	}

	/**
	 * Fails every call from now on.
	 * @param how the fault
	 */
	void fail(Fault how) {
		fail(how, -1);
	}

	/**
	 * Fails one call from now on.
	 * @param how the fault
	 * @param id the number of the call, or a negative one for all
	 */
	void fail(Fault how, int id) {
		this.faultyId = id;
		this.fault = how;
	}

	/**
	 * Fails every call that asks for a certain delay from now on, so that several faults
	 * can be waited for at once.
	 * @param delayMs the delay that is asked for, in milliseconds
	 * @param how the fault
	 */
	void failWhoAsksFor(int delayMs, Fault how) {
		this.faultsByDelay.put(delayMs, how);
	}

	/**
	 * Refuses connections from now on.
	 */
	void refuse() {
		stopListening();
		closeConnections();
	}

	// The port is free when whoever waits for callers has heard of it.
	private void stopListening() {
		ServerSocket socket = this.listener;
		this.listener = null;
		close(socket);
		Thread waiting = this.acceptor;
		try {
			if (waiting != null) {
				waiting.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Accepts no connections from now on, so that connecting takes for ever: the queue of
	 * those who wait for it is full.
	 * @throws IOException if that cannot be brought about
	 */
	void acceptNobody() throws IOException {
		refuse();
		ServerSocket socket = new ServerSocket();
		socket.setReuseAddress(true);
		socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 1);
		this.listener = socket;
		boolean full = false;
		while (!full) {
			Socket waiting = new Socket();
			this.waiting.add(waiting);
			try {
				waiting.connect(socket.getLocalSocketAddress(), 200);
			}
			catch (SocketTimeoutException ex) {
				full = true;
			}
		}
	}

	int openConnections() {
		return this.connections.size();
	}

	void closeConnections() {
		this.connections.forEach(StubDownstream::close);
	}

	/**
	 * The calls that came.
	 * @return the calls, in the order they came
	 */
	List<Call> calls() {
		return List.copyOf(this.calls);
	}

	int acceptedConnections() {
		return this.accepted.get();
	}

	private int listen(int onPort) {
		try {
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 1000);
			this.listener = socket;
			this.acceptor = thread(() -> accept(socket));
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Platform threads, so that it sees what happens to a connection by leave of no
	// scheduler that it shares with the lane.
	private static Thread thread(Runnable task) {
		return Thread.ofPlatform().daemon().name(THREAD).start(task);
	}

	private void accept(ServerSocket socket) {
		try {
			while (true) {
				Socket connection = socket.accept();
				this.accepted.incrementAndGet();
				this.connections.add(connection);
				thread(() -> serve(connection));
			}
		}
		catch (IOException ex) {
			// Told to refuse.
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			connection.setTcpNoDelay(true);
			BufferedReader in = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
			for (Matcher request = request(in); request.matches(); request = request(in)) {
				Map<String, String> headers = headers(in);
				Call call = new Call(Integer.parseInt(request.group(2)), Integer.parseInt(request.group(1)),
						headers.keySet(), headers.getOrDefault("user-agent", ""));
				this.calls.add(call);
				answer(connection, call.id(), call.delayMs());
			}
		}
		catch (IOException | InterruptedException ex) {
			// The caller went away, or this end was told to.
		}
		finally {
			this.connections.remove(connection);
		}
	}

	private void answer(Socket connection, int id, int delayMs) throws IOException, InterruptedException {
		Fault how = this.faultsByDelay.getOrDefault(delayMs,
				(this.faultyId < 0 || this.faultyId == id) ? this.fault : Fault.NONE);
		if (how == Fault.NONE && !this.hurried) {
			Thread.sleep((id == 0) ? delayMs + FIRST_IS_LATER_MS : delayMs);
		}
		OutputStream out = connection.getOutputStream();
		String response = how.response(id, delayMs);
		out.write(response.substring(0, how.atOnce(response)).getBytes(StandardCharsets.ISO_8859_1));
		for (char next : response.substring(how.atOnce(response)).toCharArray()) {
			Thread.sleep(TRICKLE_MS);
			out.write(next);
		}
		while (how == Fault.ENDLESS) {
			out.write(FILLING);
		}
		if (how.resets()) {
			connection.setSoLinger(true, 0);
		}
		if (how.resets() || how.closes()) {
			connection.close();
		}
	}

	private static Matcher request(BufferedReader in) throws IOException {
		String line = in.readLine();
		return REQUEST.matcher((line != null) ? line : "");
	}

	private static Map<String, String> headers(BufferedReader in) throws IOException {
		Map<String, String> headers = new HashMap<>();
		for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
		}
		return headers;
	}

	private static void close(@Nullable AutoCloseable socket) {
		try {
			if (socket != null) {
				socket.close();
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A call that came.
	 *
	 * @param id its number
	 * @param delayMs how long it was asked to take, in milliseconds
	 * @param headers the names of its headers, in lower case
	 * @param agent what the client calls itself
	 */
	record Call(int id, int delayMs, Set<String> headers, String agent) {
	}

}
