package dev.threelanes.gatling;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A lane for tests: answers after 50 ms, whatever delay it is asked for, and by the
 * number of the request refuses, says something else or hangs up. The numbers count from
 * the first request to misbehave at. It blocks for 50 ms too, and greets at once.
 */
final class DelayingServer implements AutoCloseable {

	static final long DELAY_MS = 50;

	private static final int REFUSED = 1;

	private static final int WRONG = 5;

	// Several, since Gatling sends a request once more, on a new connection, when a
	// kept-alive one is lost before the answer: only the second loss is a failure.
	private static final int FIRST_HUNG_UP = 10;

	private static final int LAST_HUNG_UP = 19;

	private final AtomicInteger requests = new AtomicInteger();

	private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(4);

	private final HttpServer server;

	/**
	 * Starts a lane for tests.
	 * @param wellBehaved how many requests it answers correctly before it misbehaves
	 */
	DelayingServer(long wellBehaved) throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
		this.server.createContext("/api/call", (exchange) -> {
			long request = this.requests.incrementAndGet() - wellBehaved;
			this.timer.schedule(() -> answer(exchange, request), DELAY_MS, TimeUnit.MILLISECONDS);
		});
		this.server.createContext("/api/blocking", (exchange) -> {
			this.requests.incrementAndGet();
			this.timer.schedule(() -> answer(exchange, blocked(exchange)), DELAY_MS, TimeUnit.MILLISECONDS);
		});
		this.server.createContext("/api/hello", (exchange) -> {
			this.requests.incrementAndGet();
			answer(exchange, "{\"message\":\"hello\"}");
		});
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	int requests() {
		return this.requests.get();
	}

	private static void answer(HttpExchange exchange, long request) {
		try (exchange) {
			if (request >= FIRST_HUNG_UP && request <= LAST_HUNG_UP) {
				return;
			}
			String body = (request == WRONG) ? "{}" : "{\"id\":0,\"delayMs\":%s}".formatted(asked(exchange));
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders((request == REFUSED) ? 503 : 200, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
		catch (IOException ex) {
			// The caller is gone, and counts it.
		}
	}

	private static void answer(HttpExchange exchange, String body) {
		try (exchange) {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
		catch (IOException ex) {
			// The caller is gone, and counts it.
		}
	}

	private static String blocked(HttpExchange exchange) {
		return "{" + exchange.getRequestURI()
			.getQuery()
			.replace("blockMs=", "\"blockMs\":")
			.replace("&where=", ",\"where\":\"") + "\"}";
	}

	private static String asked(HttpExchange exchange) {
		return exchange.getRequestURI().getQuery().replace("delayMs=", "");
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.timer.shutdownNow();
	}

}
