package dev.threelanes.gatling;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A lane for tests that lets callers wait for an event. It wakes whom it should and says
 * that it woke one more.
 */
final class EventsServer implements AutoCloseable {

	private final Deque<HttpExchange> waiting = new ArrayDeque<>();

	private final HttpServer server;

	private int events;

	EventsServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
		// All of it runs on the server's own thread.
		this.server.createContext("/api/events/next", this::arrive);
		this.server.createContext("/api/events", this::wake);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	// Who waits for no more than the seconds of a warm-up is not woken.
	private void arrive(HttpExchange exchange) throws IOException {
		if (exchange.getRequestURI().getQuery().equals("timeoutMs=120000")) {
			this.waiting.add(exchange);
		}
		else {
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		}
	}

	private void wake(HttpExchange exchange) throws IOException {
		int event = ++this.events;
		int most = exchange.getRequestURI().getQuery().equals("wake=2") ? 2 : Integer.MAX_VALUE;
		int woken = 0;
		while (woken < most && !this.waiting.isEmpty()) {
			answer(this.waiting.removeFirst(), "{\"event\":%d}".formatted(event));
			woken++;
		}
		answer(exchange, "{\"event\":%d,\"woken\":%d}".formatted(event, woken + 1));
	}

	private static void answer(HttpExchange exchange, String body) throws IOException {
		try (exchange) {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
