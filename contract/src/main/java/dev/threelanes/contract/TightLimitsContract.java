package dev.threelanes.contract;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a lane does at its limits, made small enough to be reached.
 */
@TestPropertySource(properties = { "lane.server.max-connections=4", "lane.downstream.max-connections=1",
		"lane.downstream.acquire-timeout=300ms", "lane.downstream.response-timeout=1500ms", "lane.limited.permits=1",
		"lane.limited.acquire-timeout=1s", "lane.query.acquire-timeout=300ms" })
public abstract class TightLimitsContract extends LaneTest {

	protected TightLimitsContract(Lane lane) {
		super(lane);
	}

	@ParameterizedTest
	@EnumSource(names = { "SILENT", "SILENT_WITHIN" })
	void whenTheDownstreamIsTooSlowTheGatewayTimesOut(Fault fault) {
		downstream().fail(fault);
		Answer answer = get("/api/call?delayMs=0");
		assertProblem(answer, 504, "Gateway Timeout", "The downstream service took too long", "/api/call");
		assertThat(answer.took()).isBetween(Duration.ofMillis(1500), Duration.ofMillis(4500));
	}

	@Test
	void whenNoConnectionIsFreeInTimeTheRequestIsNotAdmitted() {
		downstream().fail(Fault.SILENT);
		CompletableFuture<Answer> first = getLater("/api/call?delayMs=0");
		await().until(() -> downstream().calls().size() == 1);
		Answer second = get("/api/call?delayMs=0");
		assertProblem(second, 503, "Service Unavailable", "The request was not admitted: try again later", "/api/call");
		assertThat(second.header("Retry-After")).contains("1");
		assertThat(second.took()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
		assertThat(first.join().status()).isEqualTo(504);
		assertThat(downstream().calls()).hasSize(1);
	}

	@Test
	void whoWaitsForAConnectionInTimeIsServed() {
		CompletableFuture<Answer> first = getLater("/api/call?delayMs=0");
		CompletableFuture<Answer> second = getLater("/api/call?delayMs=0");
		assertThat(first.join().status()).isEqualTo(200);
		assertThat(second.join().status()).isEqualTo(200);
	}

	@Test
	void threeCallersOfOnePermitTakeThreeTimesAsLong() {
		get("/api/limited?delayMs=0");
		long start = System.nanoTime();
		List<CompletableFuture<Answer>> callers = Stream.generate(() -> getLater("/api/limited?delayMs=200"))
			.limit(3)
			.toList();
		assertThat(callers).allSatisfy((caller) -> assertThat(caller.join().status()).isEqualTo(200));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(3 * 200));
	}

	@Test
	void whenNoPermitIsFreeInTimeTheRequestIsNotAdmitted() {
		downstream().fail(Fault.SILENT);
		CompletableFuture<Answer> first = getLater("/api/limited?delayMs=0");
		await().until(() -> permits("taken") == 1);
		Answer second = get("/api/limited?delayMs=0");
		assertProblem(second, 503, "Service Unavailable", "The request was not admitted: try again later",
				"/api/limited");
		assertThat(second.header("Retry-After")).contains("1");
		assertThat(second.took()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
		assertThat(first.join().status()).isEqualTo(504);
		assertThat(downstream().calls()).hasSize(1);
		downstream().reset();
		assertThat(get("/api/limited?delayMs=0").status()).isEqualTo(200);
	}

	@Test
	void connectionsBeyondTheLimitWaitAndAreServedWhenOthersClose() throws IOException {
		try (CallerConnections callers = new CallerConnections(port())) {
			callers.open(7);
			assertThat(callers.answered(Duration.ofMillis(500))).isEqualTo(4);
			callers.closeFirst(2);
			assertThat(callers.answered(Duration.ofSeconds(2))).isEqualTo(4);
			callers.closeFirst(2);
			assertThat(callers.answered(Duration.ofSeconds(2))).isEqualTo(3);
		}
	}

	@Test
	void whenThereHasNeverBeenADatabaseTheGatewayIsBadAndTheLaneIsWell() {
		List<CompletableFuture<Answer>> callers = Stream.generate(() -> getLater("/api/query?delayMs=0"))
			.limit(4)
			.toList();
		assertThat(callers).allSatisfy((caller) -> {
			assertProblem(caller.join(), 502, "Bad Gateway", "The downstream service failed", "/api/query");
			assertThat(caller.join().took()).isLessThan(Duration.ofMillis(2000));
		});
		assertThat(getFromManagement("/actuator/health").status()).isEqualTo(200);
		assertThat(getFromManagement("/actuator/health/readiness").status()).isEqualTo(200);
	}

}
