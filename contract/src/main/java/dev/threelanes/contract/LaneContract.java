package dev.threelanes.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a caller of a lane can rely on: answers, their order and time, and every error in
 * full.
 */
public abstract class LaneContract extends LaneTest {

	private static final int CALLS = 1000;

	protected LaneContract(Lane lane) {
		super(lane);
	}

	@Test
	void helloGreets() {
		assertAnswer(get("/api/hello"), """
				{"message":"hello"}""");
		assertThat(downstream().calls()).isEmpty();
	}

	@Test
	void callAnswersAsTheDownstreamDid() {
		Answer answer = get("/api/call?delayMs=50");
		assertAnswer(answer, """
				{"id":0,"delayMs":50}""");
		assertThat(answer.took()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
	}

	@Test
	void chainCallsOneAfterTheOther() {
		Answer answer = get("/api/chain?calls=3&delayMs=200");
		assertAnswer(answer, """
				{"calls":3,"delayMs":200,"ids":[0,1,2]}""");
		assertThat(downstream().calls()).extracting(StubDownstream.Call::id).containsExactly(0, 1, 2);
		assertThat(answer.took()).isGreaterThanOrEqualTo(Duration.ofMillis(3 * 200));
	}

	@Test
	void fanOutCallsAtOnceAndKeepsTheOrderOfTheCalls() {
		get("/api/fan-out?calls=10&delayMs=0");
		Answer answer = get("/api/fan-out?calls=10&delayMs=1000");
		assertAnswer(answer, """
				{"calls":10,"delayMs":1000,"ids":[0,1,2,3,4,5,6,7,8,9]}""");
		assertThat(answer.took()).isBetween(Duration.ofMillis(1000), Duration.ofMillis(2 * 1000));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/call?delayMs=0", "/api/call?delayMs=30000", "/api/chain?calls=1&delayMs=0",
			"/api/chain?calls=10&delayMs=30000", "/api/fan-out?calls=1&delayMs=0",
			"/api/fan-out?calls=10&delayMs=30000" })
	void valuesAtTheBoundsAreTaken(String path) {
		downstream().hurry();
		assertThat(get(path).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "?delayMs=-1", "?delayMs=30001", "?delayMs=99999999999", "?delayMs=1.5", "?delayMs=one",
			"?delayMs=", "?calls=1", "" })
	void anyOtherDelayIsABadRequest(String query) {
		assertBadParameter(get("/api/call" + query), "/api/call", "delayMs", 0, 30000);
	}

	@ParameterizedTest
	@CsvSource({ "/api/chain,0", "/api/chain,11", "/api/chain,x", "/api/fan-out,0", "/api/fan-out,11",
			"/api/fan-out,-1" })
	void anyOtherNumberOfCallsIsABadRequest(String path, String calls) {
		assertBadParameter(get(path + "?delayMs=0&calls=" + calls), path, "calls", 1, 10);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/chain", "/api/fan-out" })
	void severalCallsNeedBothParameters(String path) {
		assertBadParameter(get(path + "?delayMs=0"), path, "calls", 1, 10);
		assertBadParameter(get(path + "?calls=1"), path, "delayMs", 0, 30000);
		assertBadParameter(get(path + "?calls=1&delayMs=30001"), path, "delayMs", 0, 30000);
		assertThat(downstream().calls()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/api", "/api/", "/api/hello/", "/api/nothing", "/index.html", "/favicon.ico",
			"/error", "/actuator", "/actuator/health", "/actuator/prometheus" })
	void unknownPathIsNotFound(String path) {
		assertProblem(get(path), 404, "Not Found", "There is nothing at this path", path);
	}

	@ParameterizedTest
	@CsvSource({ "POST,/api/hello", "PUT,/api/call", "DELETE,/api/chain", "PATCH,/api/fan-out", "POST,/api/cpu",
			"POST,/api/mixed", "POST,/api/limited", "POST,/api/blocking", "POST,/api/whoami" })
	void otherMethodIsNotAllowed(String method, String path) {
		Answer answer = send(request(path).method(method, BodyPublishers.ofString("{}")).build());
		assertProblem(answer, 405, "Method Not Allowed", "This path does not take this method", path);
		assertThat(answer.header("Allow")).contains("GET");
	}

	@Test
	void otherMediaTypeIsNotAcceptable() {
		Answer answer = send(request("/api/hello").header("Accept", "text/html").build());
		assertProblem(answer, 406, "Not Acceptable", "Answers are JSON", "/api/hello");
		assertThat(answer.header("Accept")).isEmpty();
	}

	@Test
	void faultOfItsOwnIsAnErrorWithoutDetails() {
		assertProblem(get("/api/broken"), 500, "Internal Server Error", "The request could not be served",
				"/api/broken");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE,
			names = { "NONE", "SILENT", "SILENT_WITHIN", "TRICKLE", "TRICKLE_WITHIN" })
	void whenTheDownstreamFailsTheGatewayIsBad(Fault fault) {
		downstream().fail(fault);
		assertBadGateway(get("/api/call?delayMs=0"), "/api/call");
		assertBadGateway(get("/api/chain?calls=3&delayMs=0"), "/api/chain");
		assertBadGateway(get("/api/fan-out?calls=3&delayMs=0"), "/api/fan-out");
	}

	@Test
	void requestsThatArriveTogetherAreAnsweredInTheirOrderAndTheConnectionServesOn() throws IOException {
		try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port())) {
			connection.setSoTimeout(10_000);
			Scanner answers = new Scanner(connection.getInputStream(), StandardCharsets.US_ASCII);
			ask(connection, "/api/call?delayMs=50", "/api/hello");
			assertThat(answers.findWithinHorizon("\"delayMs\":50", 0)).isNotNull();
			assertThat(answers.findWithinHorizon("hello", 0)).isNotNull();
			ask(connection, "/api/chain?calls=1&delayMs=0");
			assertThat(answers.findWithinHorizon("\"calls\":1", 0)).isNotNull();
		}
	}

	@Test
	void whenTheDownstreamRefusesTheGatewayIsBad() {
		downstream().refuse();
		assertBadGateway(get("/api/call?delayMs=0"), "/api/call");
		// A connection kept from before would hide the refusal: the second cannot be one.
		await().untilAsserted(() -> {
			assertBadGateway(get("/api/fan-out?calls=10&delayMs=0"), "/api/fan-out");
			assertThat(get("/api/call?delayMs=0").took()).isLessThan(Duration.ofSeconds(2));
		});
		downstream().reset();
		await().until(() -> get("/api/fan-out?calls=10&delayMs=0").status() == 200);
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVER_ERROR", "REDIRECT", "RESET" })
	void failedCallIsNotRepeated(Fault fault) {
		downstream().fail(fault);
		get("/api/call?delayMs=0");
		assertThat(downstream().calls()).hasSize(1);
	}

	@Test
	void chainEndsWithItsFirstFailure() {
		downstream().fail(Fault.SERVER_ERROR, 1);
		assertBadGateway(get("/api/chain?calls=3&delayMs=0"), "/api/chain");
		assertThat(downstream().calls()).extracting(StubDownstream.Call::id).containsExactly(0, 1);
	}

	@Test
	void fanOutEndsWithItsFirstFailure() {
		downstream().fail(Fault.SERVER_ERROR, 2);
		Answer answer = get("/api/fan-out?calls=3&delayMs=3000");
		assertBadGateway(answer, "/api/fan-out");
		assertThat(answer.took()).isLessThan(Duration.ofMillis(3000));
	}

	@Test
	void downstreamIsAskedForJsonAndNothingMore() {
		get("/api/call?delayMs=0");
		get("/api/call?delayMs=0");
		assertThat(downstream().calls()).hasSize(2)
			.allSatisfy((call) -> assertThat(call.headers()).contains("host", "accept", "user-agent")
				// Only the connection may be spoken of besides: no cookie, no
				// compression.
				.isSubsetOf("host", "accept", "user-agent", "connection"));
	}

	@Test
	void connectionsAreKept() {
		get("/api/call?delayMs=0");
		int connections = downstream().acceptedConnections();
		for (int i = 0; i < 5; i++) {
			get("/api/call?delayMs=0");
		}
		assertThat(downstream().acceptedConnections()).isEqualTo(connections);
	}

	@Test
	void connectionThatTheDownstreamClosedWhileItWasIdleIsNotUsed() {
		get("/api/call?delayMs=0");
		downstream().closeConnections();
		await().pollDelay(Duration.ofMillis(1200))
			.untilAsserted(() -> assertThat(get("/api/call?delayMs=0").status()).isEqualTo(200));
		assertThat(downstream().calls()).hasSize(2);
	}

	// Not even the moment at which each would have taken too long.
	@Test
	void nothingIsLeftOfCallsThatEnded() {
		callAndForget();
		LiveObjects before = LiveObjects.now();
		callAndForget();
		await().untilAsserted(() -> assertThat(LiveObjects.now().moreThan(before))
			.allSatisfy((name, more) -> assertThat(more).as(name).isLessThan(CALLS)));
	}

	@Test
	void twentyCallersAtOnceAreServedAtOnce() {
		Set<CompletableFuture<Answer>> callers = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			callers.add(getLater("/api/call?delayMs=1000"));
		}
		assertThat(callers).allSatisfy((caller) -> {
			assertThat(caller.join().status()).isEqualTo(200);
			assertThat(caller.join().took()).isLessThan(Duration.ofMillis(2 * 1000));
		});
	}

	private void callAndForget() {
		for (int i = 0; i < CALLS; i += 10) {
			assertThat(get("/api/fan-out?calls=10&delayMs=0").status()).isEqualTo(200);
		}
		downstream().reset();
	}

	private static void ask(Socket connection, String... paths) throws IOException {
		String requests = Stream.of(paths)
			.map("GET %s HTTP/1.1\r\nHost: lane\r\n\r\n"::formatted)
			.collect(Collectors.joining());
		connection.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
	}

}
