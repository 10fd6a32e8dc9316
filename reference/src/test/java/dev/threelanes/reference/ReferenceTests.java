package dev.threelanes.reference;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.threelanes.reference.Options.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Each reference over real HTTP, in front of a slow service that answers as the real one
 * does.
 */
class ReferenceTests {

	/** More than any default pool of threads. */
	private static final int TOGETHER = 300;

	/** A delay that ends when so many callers are there. */
	private static final int WHEN_ALL_ARE_HERE = 9;

	/** A delay that the downstream fails at. */
	private static final int FAILING = 7;

	private final CyclicBarrier all = new CyclicBarrier(TOGETHER);

	private final HttpClient client = HttpClient.newHttpClient();

	@SuppressWarnings("NullAway.Init")
	private HttpServer downstream;

	@BeforeEach
	void startDownstream() throws IOException {
		this.downstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
		this.downstream.createContext("/delay/", this::delay);
		this.downstream.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.downstream.start();
	}

	@AfterEach
	void stopDownstream() {
		this.downstream.stop(0);
	}

	@ParameterizedTest
	@EnumSource
	void answersWhatTheLanesAnswer(Kind kind) throws Exception {
		try (Bare bare = start(kind)) {
			HttpResponse<String> answer = get(bare, "/api/call?delayMs=20");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("content-type"))
				.hasValueSatisfying((type) -> assertThat(type).startsWith("application/json"));
			assertThat(answer.body()).isEqualTo("{\"id\":0,\"delayMs\":20}");
		}
	}

	@ParameterizedTest
	@EnumSource
	void holdsMoreRequestsThanAPoolHasThreads(Kind kind) throws Exception {
		try (Bare bare = start(kind)) {
			// The downstream answers none of them before it has all.
			List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, TOGETHER)
				.mapToObj((i) -> this.client.sendAsync(request(bare, "/api/call?delayMs=" + WHEN_ALL_ARE_HERE),
						HttpResponse.BodyHandlers.ofString()))
				.toList();
			assertThat(answers).allSatisfy((answer) -> assertThat(answer.join().statusCode()).isEqualTo(200));
		}
	}

	@ParameterizedTest
	@EnumSource
	void refusesWhatItDoesNotKnow(Kind kind) throws Exception {
		try (Bare bare = start(kind)) {
			assertThat(get(bare, "/api/call?delayMs=-1").statusCode()).isEqualTo(400);
			assertThat(get(bare, "/api/call?delayMs=30001").statusCode()).isEqualTo(400);
			assertThat(get(bare, "/api/call?delayMs=soon").statusCode()).isEqualTo(400);
			assertThat(get(bare, "/api/call?delay=5").statusCode()).isEqualTo(400);
			assertThat(get(bare, "/api/hello").statusCode()).isEqualTo(404);
			HttpRequest post = HttpRequest.newBuilder(uri(bare, "/api/call?delayMs=5"))
				.POST(HttpRequest.BodyPublishers.ofString("{}"))
				.build();
			assertThat(this.client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(405);
		}
	}

	@ParameterizedTest
	@EnumSource
	void saysThatTheSlowServiceIsGone(Kind kind) throws Exception {
		try (Bare bare = start(kind)) {
			assertThat(get(bare, "/api/call?delayMs=" + FAILING).statusCode()).isEqualTo(502);
			this.downstream.stop(0);
			assertThat(get(bare, "/api/call?delayMs=5").statusCode()).isEqualTo(502);
		}
	}

	@ParameterizedTest
	@EnumSource
	void saysWhichItIs(Kind kind) throws Exception {
		try (Bare bare = start(kind)) {
			assertThat(get(bare, "/api/whoami").body()).contains("\"reference\":\"" + kind.id() + "\"",
					"\"pid\":" + ProcessHandle.current().pid());
		}
	}

	@Test
	void tellsOfItsJvmWhatActuatorTells() throws Exception {
		try (Management management = Management.start(0)) {
			URI base = URI.create("http://127.0.0.1:" + management.port());
			assertThat(get(base.resolve("/actuator/health/readiness")).statusCode()).isEqualTo(200);
			assertThat(get(base.resolve("/actuator/prometheus")).body()).contains("jvm_threads_live_threads",
					"jvm_memory_used_bytes{area=\"heap\"", "jvm_gc_live_data_size_bytes",
					"jvm_compilation_time_ms_total", "jvm_threads_allocated_bytes_total");
		}
	}

	@Test
	void readsItsOptions() {
		assertThat(Options.parse("--kind=bare-netty", "--port=0", "--management-port=9", "--downstream=http://h:1"))
			.isEqualTo(new Options(Kind.NETTY, 0, 9, URI.create("http://h:1")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("mistakes")
	void namesWhatItDoesNotUnderstand(String argument, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--kind=bare-netty", argument))
			.withMessage(message);
	}

	static Stream<Arguments> mistakes() {
		return Stream.of(Arguments.of("--kind=bare", "--kind must be bare-netty|bare-tomcat, not 'bare'"),
				Arguments.of("--ports=1", "unknown option '--ports=1'"),
				Arguments.of("--port=65536", "--port must be between 0 and 65535, not 65536"),
				Arguments.of("--management-port=x",
						"--management-port must be a whole number between 0 and 65535, not 'x'"),
				Arguments.of("--downstream=elsewhere",
						"--downstream must be an address like http://127.0.0.1:8090, not 'elsewhere'"));
	}

	private Bare start(Kind kind) {
		return Reference
			.start(new Options(kind, 0, 0, URI.create("http://127.0.0.1:" + this.downstream.getAddress().getPort())));
	}

	private HttpResponse<String> get(Bare bare, String target) throws Exception {
		return get(uri(bare, target));
	}

	private HttpResponse<String> get(URI uri) throws Exception {
		return this.client.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static HttpRequest request(Bare bare, String target) {
		return HttpRequest.newBuilder(uri(bare, target)).timeout(Duration.ofSeconds(20)).build();
	}

	private static URI uri(Bare bare, String target) {
		return URI.create("http://127.0.0.1:" + bare.port() + target);
	}

	private void delay(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		int delayMs = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
		try (exchange) {
			if (delayMs == WHEN_ALL_ARE_HERE) {
				this.all.await(15, TimeUnit.SECONDS);
			}
			byte[] body = "{\"id\":0,\"delayMs\":%d}".formatted(delayMs).getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders((delayMs == FAILING) ? 500 : 200, body.length);
			exchange.getResponseBody().write(body);
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			throw new IOException(ex);
		}
	}

}
