package dev.threelanes.contract;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a caller who asks the database can rely on: a pool of ten connections, which is
 * kept warm.
 */
@DirtiesContext
public abstract class QueryContract extends LaneTest {

	private static final TestDatabase DATABASE = new TestDatabase();

	private static final String QUERY = "/api/query";

	protected QueryContract(Lane lane) {
		super(lane);
	}

	@BeforeAll
	static void startDatabase() {
		DATABASE.start();
	}

	@AfterAll
	static void stopDatabase() {
		DATABASE.stop();
	}

	@DynamicPropertySource
	static void askTheDatabase(DynamicPropertyRegistry registry) {
		registry.add("lane.query.port", DATABASE::port);
	}

	@Test
	void queryAnswersWhenTheDatabaseDid() {
		Answer answer = get(QUERY + "?delayMs=200");
		assertAnswer(answer, """
				{"delayMs":200}""");
		assertThat(answer.took()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
		assertAnswer(get(QUERY + "?delayMs=0"), """
				{"delayMs":0}""");
	}

	@Test
	void poolIsWarmAfterTheFirstQuery() {
		get(QUERY + "?delayMs=0");
		await().untilAsserted(() -> assertThat(DATABASE.connections()).isEqualTo(10));
		get(QUERY + "?delayMs=0");
		assertThat(DATABASE.connections()).isEqualTo(10);
	}

	@Test
	void twentyQueriesTakeTurnsOnTenConnections() {
		get(QUERY + "?delayMs=0");
		await().until(() -> DATABASE.connections() == 10);
		long start = System.nanoTime();
		List<CompletableFuture<Answer>> callers = Stream.generate(() -> getAsync(QUERY + "?delayMs=1000"))
			.limit(20)
			.toList();
		await().until(() -> DATABASE.queries() == 10);
		assertThat(DATABASE.connections()).isEqualTo(10);
		assertThat(metric(lane().pool() + ".pending")).isEqualTo(10);
		assertThat(callers).allSatisfy((caller) -> assertAnswer(caller.join(), """
				{"delayMs":1000}"""));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(2 * 1000),
				Duration.ofMillis(3 * 1000));
		assertThat(callers).filteredOn((caller) -> caller.join().took().toMillis() < 1500).hasSize(10);
	}

	@Test
	void longestQueryIsTakenAndABadGatewayIfItsConnectionIsClosed() {
		CompletableFuture<Answer> caller = getAsync(QUERY + "?delayMs=30000");
		await().until(() -> DATABASE.queries() == 1);
		DATABASE.closeConnections();
		assertProblem(caller.join(), 502, "Bad Gateway", "The downstream service failed", QUERY);
	}

	@Test
	void connectionsThatTheDatabaseClosedWhileTheyWereIdleAreNotUsed() throws InterruptedException {
		get(QUERY + "?delayMs=0");
		await().until(() -> DATABASE.connections() == 10);
		assertThat(DATABASE.closeConnections()).isEqualTo(10);
		// A connection that was in use a moment ago is taken for open.
		Thread.sleep(1000);
		assertAnswer(get(QUERY + "?delayMs=0"), """
				{"delayMs":0}""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?delayMs=-1", "?delayMs=30001", "?delayMs=99999999999", "?delayMs=1.5", "?delayMs=one",
			"?delayMs=", "" })
	void anyOtherDelayIsABadRequest(String query) {
		assertBadParameter(get(QUERY + query), QUERY, "delayMs", 0, 30000);
	}

	@Test
	void otherMethodIsNotAllowed() {
		Answer answer = send(request(QUERY + "?delayMs=0").POST(BodyPublishers.noBody()).build());
		assertProblem(answer, 405, "Method Not Allowed", "This path does not take this method", QUERY);
		assertThat(answer.header("Allow")).contains("GET");
	}

}
