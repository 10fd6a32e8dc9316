package dev.threelanes.contract;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a caller who needs one of two permits can rely on: no more than two at once, in
 * the order that they came, and no permit is ever lost.
 */
public abstract class PermitsContract extends LaneTest {

	protected PermitsContract(Lane lane) {
		super(lane);
	}

	@Test
	void limitedAnswersAsTheDownstreamDid() {
		Answer answer = get("/api/limited?delayMs=50");
		assertAnswer(answer, """
				{"id":0,"delayMs":50}""");
		assertThat(answer.took()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 30000 })
	void delayAtTheBoundsIsTaken(int delayMs) {
		downstream().hurry();
		assertAnswer(get("/api/limited?delayMs=" + delayMs), """
				{"id":0,"delayMs":%d}""".formatted(delayMs));
	}

	@ParameterizedTest
	@ValueSource(strings = { "?delayMs=-1", "?delayMs=30001", "?delayMs=x", "?delayMs=", "" })
	void anyOtherDelayIsABadRequest(String query) {
		assertBadParameter(get("/api/limited" + query), "/api/limited", "delayMs", 0, 30000);
	}

	@Test
	void threeCallersOfTwoPermitsTakeTwiceAsLong() {
		get("/api/limited?delayMs=0");
		assertThat(time(3, 1000)).isBetween(Duration.ofMillis(2 * 1000), Duration.ofMillis(3 * 1000));
	}

	@Test
	void permitsAreCounted() {
		CompletableFuture<Answer> first = getLater("/api/limited?delayMs=1000");
		CompletableFuture<Answer> second = getLater("/api/limited?delayMs=1000");
		awaitPermits(0, 2, 0);
		CompletableFuture<Answer> third = getLater("/api/limited?delayMs=0");
		awaitPermits(0, 2, 1);
		CompletableFuture.allOf(first, second, third).join();
		awaitPermits(2, 0, 0);
	}

	@Test
	void callersAreServedInTheOrderTheyCame() {
		List<CompletableFuture<Answer>> callers = new ArrayList<>();
		// The rest comes through the one permit that is free again before the other.
		callers.add(getLater("/api/limited?delayMs=4000"));
		await().until(() -> permits("taken") == 1);
		callers.add(getLater("/api/limited?delayMs=2000"));
		await().until(() -> permits("taken") == 2);
		for (int delayMs = 1; delayMs <= 4; delayMs++) {
			callers.add(getLater("/api/limited?delayMs=" + delayMs));
			int waiting = delayMs;
			await().pollInterval(Duration.ofMillis(10)).until(() -> permits("waiting") == waiting);
		}
		callers.forEach(CompletableFuture::join);
		assertThat(downstream().calls()).extracting(StubDownstream.Call::delayMs)
			.containsExactly(4000, 2000, 1, 2, 3, 4);
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVER_ERROR", "GARBAGE", "RESET" })
	void whenTheCallFailsThePermitIsFree(Fault fault) {
		downstream().fail(fault);
		for (int i = 0; i < 3; i++) {
			assertBadGateway(get("/api/limited?delayMs=0"), "/api/limited");
		}
		assertTwoAreServedAtOnce();
	}

	@Test
	void whenTheCallerHangsUpThePermitIsFreeAsSoonAsTheLaneHearsIt() throws IOException {
		try (CallerConnections callers = new CallerConnections(port())) {
			callers.ask("/api/limited?delayMs=3000");
			await().until(() -> permits("taken") == 1);
		}
		long start = System.nanoTime();
		awaitPermits(2, 0, 0);
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		assertThat(took.compareTo(Duration.ofMillis(1500)) < 0).as("free after " + took)
			.isEqualTo(lane().hearsHangUps());
		assertTwoAreServedAtOnce();
	}

	@Test
	void whoHangsUpWhileWaitingTakesNoPermitAlong() throws IOException {
		CompletableFuture<Answer> first = getLater("/api/limited?delayMs=1500");
		CompletableFuture<Answer> second = getLater("/api/limited?delayMs=1500");
		awaitPermits(0, 2, 0);
		try (CallerConnections callers = new CallerConnections(port())) {
			callers.ask("/api/limited?delayMs=0");
			awaitPermits(0, 2, 1);
		}
		CompletableFuture.allOf(first, second).join();
		awaitPermits(2, 0, 0);
		assertThat(downstream().calls()).hasSize(lane().hearsHangUps() ? 2 : 3);
		assertTwoAreServedAtOnce();
	}

	private void awaitPermits(int free, int taken, int waiting) {
		await().pollInterval(Duration.ofMillis(10))
			.untilAsserted(() -> assertThat(List.of(permits("free"), permits("taken"), permits("waiting")))
				.containsExactly(free, taken, waiting));
	}

	private void assertTwoAreServedAtOnce() {
		downstream().reset();
		assertThat(time(2, 1000)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(2 * 1000));
	}

	private Duration time(int callers, int delayMs) {
		long start = System.nanoTime();
		List<CompletableFuture<Answer>> answers = Stream.generate(() -> getLater("/api/limited?delayMs=" + delayMs))
			.limit(callers)
			.toList();
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.join().status()).isEqualTo(200));
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
