package dev.threelanes.contract;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a lane lets others see: the API on its one port, what Actuator was told to show on
 * its other, and of itself no more than {@code /api/whoami} is there for.
 */
public abstract class ExposureContract extends LaneTest {

	protected ExposureContract(Lane lane) {
		super(lane);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/hello", "/api/call?delayMs=0", "/api/call?delayMs=x", "/api/nothing", "/api/broken",
			"/actuator", "/error", "/" })
	void everyAnswerIsWhatItsTypeSaysAndNamesNoServer(String path) {
		assertSaysNothingMore(get(path));
	}

	@Test
	void soIsTheAnswerToAFailure() {
		downstream().fail(Fault.SERVER_ERROR);
		assertSaysNothingMore(get("/api/call?delayMs=0"));
		assertSaysNothingMore(send(request("/api/hello").POST(BodyPublishers.noBody()).build()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/env", "/actuator/heapdump", "/actuator/health/liveness", "/actuator/threaddump",
			"/api/..;/actuator", "/v3/api-docs", "/h2-console", "/jolokia", "/.env", "/META-INF/MANIFEST.MF",
			"/application.yml" })
	void portOfTheApplicationServesNothingElse(String path) {
		assertThat(get(path).status()).isBetween(400, 404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TRACE", "CONNECT" })
	void methodThatTellsARequestBackOrOnIsRefused(String method) throws IOException {
		try (HostileCaller caller = new HostileCaller(port())) {
			HostileCaller.End end = caller
				.send(method + " /api/hello HTTP/1.1\r\nHost: lane\r\nX-Secret: swordfish\r\nConnection: close\r\n\r\n")
				.end(Duration.ofSeconds(5));
			assertThat(end.closed()).isTrue();
			assertThat(end.status()).isIn(400, 405, 501);
			assertThat(end.answer()).doesNotContain("swordfish");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "shutdown", "restart", "pause", "refresh", "loggers/ROOT" })
	void managementTakesNoOrders(String order) {
		assertThat(postToManagement("/actuator/" + order).status()).isEqualTo(404);
	}

	@Test
	void healthTellsNoDetails() {
		assertThat(getFromManagement("/actuator/health").body()).doesNotContain("details", "version", "jdbc", "r2dbc");
	}

	@Test
	void managementNamesNoServerEither() {
		Answer answer = getFromManagement("/actuator/nothing");
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.header("Server")).isEmpty();
		assertThat(answer.body()).doesNotContainIgnoringCase("exception")
			.doesNotContainIgnoringCase("tomcat")
			.doesNotContainIgnoringCase("netty");
	}

	private static void assertSaysNothingMore(Answer answer) {
		assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
		assertThat(answer.header("Server")).isEmpty();
		assertThat(answer.header("X-Powered-By")).isEmpty();
		assertThat(answer.header("Set-Cookie")).isEmpty();
		assertThat(answer.body()).doesNotContainIgnoringCase("exception")
			.doesNotContain("\tat ", BrokenController.SECRET);
	}

}
