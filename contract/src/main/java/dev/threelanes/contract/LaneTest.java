package dev.threelanes.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A lane that runs on free ports and calls a stub. It has no database: nothing answers on
 * the port where it would be. Contracts that ask for no settings of their own share one
 * lane.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "lane.query.port=1" })
@Import(BrokenController.class)
abstract class LaneTest {

	private static final Map<URI, StubDownstream> STUBS = new ConcurrentHashMap<>();

	private static final String PROBLEM = """
			{"detail":"%s","instance":"%s","status":%d,"title":"%s"}""";

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Lane lane;

	@Value("${local.server.port}")
	private int port;

	@Value("${local.management.port}")
	private int managementPort;

	@Value("${lane.downstream.url}")
	private URI downstream;

	LaneTest(Lane lane) {
		this.lane = lane;
	}

	// Each lane calls a stub of its own, which no other lane's idle connections reach:
	// lanes of earlier tests live on beside this one.
	@DynamicPropertySource
	static void callTheStub(DynamicPropertyRegistry registry) {
		StubDownstream stub = new StubDownstream();
		STUBS.put(stub.uri(), stub);
		registry.add("lane.downstream.url", stub::uri);
	}

	@BeforeEach
	void mendTheStub() {
		downstream().reset();
	}

	@AfterEach
	void closeConnections() {
		this.http.close();
	}

	@AfterEach
	void noLoopWasBlocked() {
		assertThat(BlockedLoops.take()).isEmpty();
	}

	Lane lane() {
		return this.lane;
	}

	int port() {
		return this.port;
	}

	StubDownstream downstream() {
		return Objects.requireNonNull(STUBS.get(this.downstream));
	}

	Answer get(String path) {
		return send(request(this.port, path).build());
	}

	CompletableFuture<Answer> getLater(String path) {
		return CompletableFuture.supplyAsync(() -> get(path), (task) -> Thread.ofVirtual().start(task));
	}

	/**
	 * Asks without a thread that waits, so that very many can ask at once.
	 * @param path what to ask for
	 * @return the answer in time
	 */
	CompletableFuture<Answer> getAsync(String path) {
		long start = System.nanoTime();
		return this.http.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString())
			.thenApply((response) -> Answer.of(response, Duration.ofNanos(System.nanoTime() - start)));
	}

	Answer getFromManagement(String path) {
		return send(request(this.managementPort, path).build());
	}

	Answer postToManagement(String path) {
		return send(request(this.managementPort, path).POST(HttpRequest.BodyPublishers.noBody()).build());
	}

	/**
	 * Reads how many permits there are, or how many callers that wait for one.
	 * @param state {@code free}, {@code taken} or {@code waiting}
	 * @return how many
	 */
	int permits(String state) {
		return metric("lane.permits?tag=state:" + state);
	}

	int metric(String name) {
		return JsonPath.<Double>read(getFromManagement("/actuator/metrics/" + name).body(), "$.measurements[0].value")
			.intValue();
	}

	HttpRequest.Builder request(String path) {
		return request(this.port, path);
	}

	Answer send(HttpRequest request) {
		try {
			long start = System.nanoTime();
			HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			return Answer.of(response, Duration.ofNanos(System.nanoTime() - start));
		}
		catch (IOException ex) {
			throw new AssertionError("No answer to " + request, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	/**
	 * Keeps a figure for whoever writes the table of faults: {@code target/faults.txt}.
	 * @param what what was seen
	 */
	void seen(String what) {
		try {
			Files.writeString(Path.of("target", "faults.txt"), this.lane.laneName() + ": " + what + "\n",
					StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static void assertAnswer(Answer answer, String body) {
		assertThat(answer.body()).isEqualTo(body);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.contentType()).isEqualTo("application/json");
	}

	static void assertProblem(Answer answer, int status, String title, String detail, String path) {
		assertThat(answer.body()).isEqualTo(PROBLEM.formatted(detail, path, status, title));
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.contentType()).isEqualTo("application/problem+json");
	}

	static void assertBadGateway(Answer answer, String path) {
		assertProblem(answer, 502, "Bad Gateway", "The downstream service failed", path);
	}

	static void assertBadParameter(Answer answer, String path, String name, int min, int max) {
		assertBadParameter(answer, path, name, "a whole number from %d to %d".formatted(min, max), min, max);
	}

	static void assertBadParameter(Answer answer, String path, String name, String demand, int min, int max) {
		assertThat(answer.body()).isEqualTo("""
				{"detail":"%1$s must be %2$s","instance":"%5$s","status":400,"title":"Bad Request",\
				"parameter":"%1$s","min":%3$d,"max":%4$d}""".formatted(name, demand, min, max, path));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.contentType()).isEqualTo("application/problem+json");
	}

	private static HttpRequest.Builder request(int port, String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(60));
	}

}
