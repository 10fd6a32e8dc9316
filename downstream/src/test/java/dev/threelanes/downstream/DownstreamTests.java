package dev.threelanes.downstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.DisposableServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DownstreamTests {

	private static final DisposableServer SERVER = Downstream.start(new Options("127.0.0.1", 0, false));

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@BeforeAll
	static void warmUp() throws Exception {
		get("/delay/0");
	}

	@AfterAll
	static void stop() {
		CLIENT.close();
		SERVER.disposeNow();
	}

	@Test
	void answersAfterTheDelayAskedForAndRepeatsTheId() throws Exception {
		long start = System.nanoTime();
		HttpResponse<String> response = get("/delay/300?id=7");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(300),
				Duration.ofMillis(3000));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
		assertThat(response.body()).isEqualTo("{\"id\":7,\"delayMs\":300}");
	}

	@Test
	void withoutIdRepeatsZero() throws Exception {
		assertThat(get("/delay/0").body()).isEqualTo("{\"id\":0,\"delayMs\":0}");
	}

	@Test
	void whenRequestsArriveTogetherTheConnectionReadsOn() throws IOException {
		try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
			connection.setSoTimeout(10_000);
			Scanner answers = new Scanner(connection.getInputStream(), StandardCharsets.US_ASCII);
			ask(connection, "/delay/50?id=1", "/health");
			assertThat(answers.findWithinHorizon("\"id\":1,\"delayMs\":50", 0)).isNotNull();
			assertThat(answers.findWithinHorizon("\"status\":\"UP\"", 0)).isNotNull();
			ask(connection, "/delay/0?id=2");
			assertThat(answers.findWithinHorizon("\"id\":2,\"delayMs\":0", 0)).isNotNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/delay/-1", "/delay/60001", "/delay/abc", "/delay/1.5", "/delay/", "/delay/99999999999" })
	void whenDelayIsBadNamesItAndItsBounds(String path) throws Exception {
		HttpResponse<String> response = get(path);
		assertProblem(response, 400, "Bad Request");
		assertThat(response.body()).contains("\"detail\":\"delayMs must be a whole number between 0 and 60000\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "-1", "2147483648", "" })
	void whenIdIsBadNamesItAndItsBounds(String id) throws Exception {
		HttpResponse<String> response = get("/delay/0?id=" + id);
		assertProblem(response, 400, "Bad Request");
		assertThat(response.body()).contains("\"detail\":\"id must be a whole number between 0 and 2147483647\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/delay", "/delay/1/2", "/healthy", "/metrics/", "/faults" })
	void whenPathIsUnknownReturnsNotFound(String path) throws Exception {
		assertProblem(get(path), 404, "Not Found");
	}

	@ParameterizedTest
	@CsvSource({ "POST, /delay/5", "DELETE, /health", "PUT, /metrics" })
	void whenMethodIsNotGetReturnsMethodNotAllowed(String method, String path) throws Exception {
		HttpResponse<String> response = CLIENT.send(
				request(path).method(method, HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.ofString());
		assertProblem(response, 405, "Method Not Allowed");
		assertThat(response.headers().firstValue("allow")).hasValue("GET");
	}

	@Test
	void saysThatItIsUp() throws Exception {
		HttpResponse<String> response = get("/health");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("{\"status\":\"UP\"}");
	}

	@Test
	void countsEveryAnswerInEveryHistogram() throws Exception {
		Metrics before = metrics();
		get("/delay/120");
		await().untilAsserted(() -> {
			Metrics after = metrics();
			for (String name : new String[] { "asked", "actual", "lateness" }) {
				String count = "downstream_delay_" + name + "_seconds_count";
				assertThat(after.value(count) - before.value(count)).as(count).isEqualTo(1);
			}
			assertThat(after.bucket("asked", "0.125") - before.bucket("asked", "0.125")).isEqualTo(1);
			assertThat(after.bucket("asked", "0.11") - before.bucket("asked", "0.11")).isZero();
			assertThat(after.bucket("actual", "0.11") - before.bucket("actual", "0.11")).isZero();
			assertThat(after.bucket("lateness", "10.0") - before.bucket("lateness", "10.0")).isEqualTo(1);
		});
	}

	@Test
	void whenCallerGoesAwayRequestIsNoLongerInFlight() throws Exception {
		assertThat(metrics().inFlight()).isZero();
		CompletableFuture<HttpResponse<String>> answer = CLIENT.sendAsync(request("/delay/60000").build(),
				HttpResponse.BodyHandlers.ofString());
		await().untilAsserted(() -> assertThat(metrics().inFlight()).isEqualTo(1));
		double answered = metrics().value("downstream_delay_actual_seconds_count");
		answer.cancel(true);
		await().untilAsserted(() -> assertThat(metrics().inFlight()).isZero());
		assertThat(metrics().value("downstream_delay_actual_seconds_count")).isEqualTo(answered);
	}

	private static void ask(Socket connection, String... paths) throws IOException {
		String requests = Stream.of(paths)
			.map("GET %s HTTP/1.1\r\nHost: downstream\r\n\r\n"::formatted)
			.collect(Collectors.joining());
		connection.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
	}

	private static void assertProblem(HttpResponse<String> response, int status, String title) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(response.body()).startsWith(
				"{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"".formatted(title, status));
	}

	private static Metrics metrics() throws IOException, InterruptedException {
		return new Metrics(get("/metrics").body());
	}

	private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SERVER.port() + path))
			.timeout(Duration.ofSeconds(20));
	}

}
