package dev.threelanes.contract;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a caller can rely on where only two are let in at once: nobody waits, whoever is
 * refused hears of it at once, and no place is ever lost.
 */
@TestPropertySource(properties = { "lane.admission.max-requests=2", "lane.downstream.response-timeout=2s" })
public abstract class AdmissionContract extends LaneTest {

	private static final Duration PROMPT = Duration.ofMillis(50);

	protected AdmissionContract(Lane lane) {
		super(lane);
	}

	@Test
	void asManyAsAreLetInAreServedAtOnce() {
		assertTwoAreServedAtOnce();
	}

	@Test
	void oneMoreIsRefusedAndToldWhenToComeAgain() {
		List<CompletableFuture<Answer>> callers = fill();
		Answer answer = get("/api/call?delayMs=0");
		assertProblem(answer, 503, "Service Unavailable", "The request was not admitted: try again later", "/api/call");
		assertThat(answer.header("Retry-After")).contains("1");
		assertThat(callers).allSatisfy((caller) -> assertThat(caller.join().status()).isEqualTo(200));
		assertThat(downstream().calls()).hasSize(2);
	}

	@Test
	void whoIsRefusedHearsOfItWithinFiftyMilliseconds() {
		List<CompletableFuture<Answer>> callers = fill();
		List<Duration> took = new ArrayList<>();
		for (int i = 0; i < 21; i++) {
			Answer answer = get("/api/hello");
			assertThat(answer.status()).isEqualTo(503);
			took.add(answer.took());
		}
		// One pause of this machine is nobody's delay.
		assertThat(took.stream().sorted().toList().get(took.size() / 2)).isLessThanOrEqualTo(PROMPT);
		callers.forEach(CompletableFuture::join);
	}

	@Test
	void ofManyAtOnceExactlyTwoAreLetIn() {
		List<CompletableFuture<Answer>> callers = Stream.generate(() -> getLater("/api/call?delayMs=1500"))
			.limit(30)
			.toList();
		assertThat(callers.stream().map((caller) -> caller.join().status()).filter((status) -> status == 200).count())
			.isEqualTo(2);
		assertThat(callers).extracting((caller) -> caller.join().status()).containsOnly(200, 503);
		assertThat(downstream().calls()).hasSize(2);
	}

	@Test
	void whoAsksWhatTheLaneIsIsAlwaysLetIn() {
		List<CompletableFuture<Answer>> callers = fill();
		Answer whoami = get("/api/whoami");
		assertThat(whoami.status()).isEqualTo(200);
		assertThat(JsonPath.<Integer>read(whoami.body(), "$.limits.maxRequests")).isEqualTo(2);
		assertThat(getFromManagement("/actuator/health").status()).isEqualTo(200);
		callers.forEach(CompletableFuture::join);
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVER_ERROR", "GARBAGE", "RESET", "SILENT" })
	void whenTheCallFailsThePlaceIsFree(Fault fault) {
		downstream().fail(fault);
		for (int i = 0; i < 3; i++) {
			await().untilAsserted(() -> assertThat(get("/api/call?delayMs=0").status()).isIn(502, 504));
		}
		downstream().reset();
		assertTwoAreServedAtOnce();
	}

	@ParameterizedTest
	@CsvSource({ "/api/call?delayMs=x, 400", "/api/call, 400", "/api/nothing, 404", "/api/broken, 500" })
	void whenTheRequestIsOfNoUseThePlaceIsFree(String path, int status) {
		for (int i = 0; i < 3; i++) {
			await().untilAsserted(() -> assertThat(get(path).status()).isEqualTo(status));
		}
		assertTwoAreServedAtOnce();
	}

	@Test
	void whenTheCallerHangsUpThePlaceIsFreeAsSoonAsTheLaneHearsIt() throws IOException {
		try (CallerConnections callers = new CallerConnections(port())) {
			callers.ask("/api/call?delayMs=1800");
			callers.ask("/api/call?delayMs=1800");
			await().until(() -> downstream().calls().size() == 2);
			assertThat(get("/api/hello").status()).isEqualTo(503);
		}
		long start = System.nanoTime();
		await().pollInterval(Duration.ofMillis(10)).until(() -> get("/api/hello").status() == 200);
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		assertThat(took.compareTo(Duration.ofMillis(900)) < 0).as("free after " + took)
			.isEqualTo(lane().hearsHangUps());
		assertTwoAreServedAtOnce();
	}

	private List<CompletableFuture<Answer>> fill() {
		List<CompletableFuture<Answer>> callers = Stream.generate(() -> getLater("/api/call?delayMs=1500"))
			.limit(2)
			.toList();
		await().pollInterval(Duration.ofMillis(10)).until(() -> downstream().calls().size() == 2);
		return callers;
	}

	// A place is free when the answer has been sent, which a caller may hear a little
	// before.
	private void assertTwoAreServedAtOnce() {
		await().untilAsserted(() -> {
			List<CompletableFuture<Answer>> callers = Stream.generate(() -> getLater("/api/call?delayMs=100"))
				.limit(2)
				.toList();
			assertThat(callers).allSatisfy((caller) -> assertThat(caller.join().status()).isEqualTo(200));
		});
	}

}
