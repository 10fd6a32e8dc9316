package dev.threelanes.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a lane does at the limits of its database and of the pool, made small enough to be
 * reached.
 */
@DirtiesContext
@TestPropertySource(properties = { "lane.query.max-connections=2", "lane.query.acquire-timeout=500ms",
		"lane.query.statement-timeout=2s" })
public abstract class QueryLimitsContract extends LaneTest {

	private static final TestDatabase DATABASE = new TestDatabase();

	private static final String QUERY = "/api/query";

	protected QueryLimitsContract(Lane lane) {
		super(lane);
	}

	@DynamicPropertySource
	static void askTheDatabase(DynamicPropertyRegistry registry) {
		registry.add("lane.query.port", DATABASE::port);
	}

	@AfterAll
	static void stopDatabase() {
		DATABASE.stop();
	}

	@BeforeEach
	void warmUp() {
		DATABASE.start();
		await().until(() -> get(QUERY + "?delayMs=0").status() == 200 && DATABASE.connections() == 2);
	}

	@Test
	void whenNoConnectionIsFreeInTimeTheRequestIsNotAdmitted() {
		List<CompletableFuture<Answer>> served = Stream.generate(() -> getAsync(QUERY + "?delayMs=1900"))
			.limit(2)
			.toList();
		await().until(() -> DATABASE.queries() == 2);
		Answer refused = get(QUERY + "?delayMs=0");
		assertProblem(refused, 503, "Service Unavailable", "The request was not admitted: try again later", QUERY);
		assertThat(refused.header("Retry-After")).contains("1");
		assertThat(refused.took()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1400));
		assertThat(served).allSatisfy((caller) -> assertThat(caller.join().status()).isEqualTo(200));
	}

	@Test
	void whoWaitsForAConnectionInTimeIsServed() {
		List<CompletableFuture<Answer>> callers = Stream.generate(() -> getAsync(QUERY + "?delayMs=200"))
			.limit(4)
			.toList();
		assertThat(callers).allSatisfy((caller) -> assertThat(caller.join().status()).isEqualTo(200));
	}

	@Test
	void whenAStatementTakesTooLongTheGatewayTimesOut() {
		Answer answer = get(QUERY + "?delayMs=20000");
		assertProblem(answer, 504, "Gateway Timeout", "The downstream service took too long", QUERY);
		assertThat(answer.took()).isBetween(Duration.ofMillis(2000), Duration.ofMillis(4000));
		assertThat(get(QUERY + "?delayMs=0").status()).isEqualTo(200);
		assertThat(DATABASE.connections()).isEqualTo(2);
	}

	@Test
	void whenTheDatabaseIsStoppedTheGatewayIsBadUntilItIsBack() {
		DATABASE.stop();
		List<CompletableFuture<Answer>> callers = Stream.generate(() -> getAsync(QUERY + "?delayMs=0"))
			.limit(10)
			.toList();
		assertThat(callers).allSatisfy((caller) -> {
			assertProblem(caller.join(), 502, "Bad Gateway", "The downstream service failed", QUERY);
			assertThat(caller.join().took()).isLessThan(Duration.ofMillis(2000));
		});
		DATABASE.start();
		await().until(() -> get(QUERY + "?delayMs=0").status() == 200);
	}

	@Test
	void queryOfWhoGoesAwayHoldsItsOwnConnectionOnly() throws IOException {
		try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port())) {
			connection.getOutputStream()
				.write("GET %s?delayMs=1900 HTTP/1.1\r\nHost: lane\r\n\r\n".formatted(QUERY)
					.getBytes(StandardCharsets.US_ASCII));
			await().until(() -> DATABASE.queries() == 1);
		}
		for (int i = 0; i < 3; i++) {
			Answer answer = get(QUERY + "?delayMs=0");
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.took()).isLessThan(Duration.ofMillis(500));
		}
		assertThat(DATABASE.queries()).isEqualTo(1);
		await().until(() -> DATABASE.queries() == 0);
	}

}
