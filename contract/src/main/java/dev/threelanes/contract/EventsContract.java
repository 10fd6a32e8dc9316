package dev.threelanes.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What callers who wait for an event can rely on: each of them is woken once or told that
 * the time is up, and a wake-up wakes as many as it says.
 */
@Import(BrokenController.class)
public abstract class EventsContract extends LaneTest {

	private static final String NEXT = "/api/events/next";

	private static final String WAKE = "/api/events";

	protected EventsContract(Lane lane) {
		super(lane);
	}

	@AfterEach
	void wakeWhoeverIsLeft() {
		wake("all");
		await().until(() -> waiting() == 0);
	}

	@Test
	void whoWaitsIsWoken() {
		CompletableFuture<Answer> waiter = arrive();
		WakeUp wakeUp = wake("all");
		assertThat(wakeUp.woken()).isEqualTo(1);
		assertWoken(waiter, wakeUp);
		assertThat(waiting()).isZero();
	}

	@Test
	void whenTheTimeIsUpThereIsNoContent() {
		Answer answer = get(NEXT + "?timeoutMs=300");
		assertThat(answer.status()).isEqualTo(204);
		assertThat(answer.body()).isEmpty();
		assertThat(answer.contentType()).isEmpty();
		assertThat(answer.took()).isBetween(Duration.ofMillis(300), Duration.ofMillis(1300));
		assertThat(waiting()).isZero();
		assertThat(wake("all").woken()).isZero();
	}

	@Test
	void everyWakeUpIsCounted() {
		assertThat(wake("1").event()).isPositive();
		assertThat(wake("100000").event()).isEqualTo(wake("all").event() - 1);
	}

	@Test
	void eventIsNotKeptForWhoComesLater() {
		wake("all");
		assertThat(get(NEXT + "?timeoutMs=200").status()).isEqualTo(204);
	}

	@Test
	void exactlyAsManyAsAskedForAreWokenInOrderOfArrival() {
		List<CompletableFuture<Answer>> waiters = Stream.generate(this::arrive).limit(5).toList();
		WakeUp two = wake("2");
		assertThat(two.woken()).isEqualTo(2);
		assertWoken(waiters.get(0), two);
		assertWoken(waiters.get(1), two);
		assertThat(waiting()).isEqualTo(3);
		WakeUp one = wake("1");
		assertWoken(waiters.get(2), one);
		assertThat(waiters.subList(3, 5)).noneMatch(CompletableFuture::isDone);
		WakeUp rest = wake("100000");
		assertThat(rest.woken()).isEqualTo(2);
		assertWoken(waiters.get(3), rest);
		assertWoken(waiters.get(4), rest);
	}

	@Test
	void everyOneOfManyIsWoken() {
		int count = lane().waitersAtOnce();
		List<CompletableFuture<Answer>> waiters = IntStream.range(0, count)
			.mapToObj((i) -> getAsync(NEXT + "?timeoutMs=60000"))
			.toList();
		await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == count);
		WakeUp wakeUp = wake("all");
		assertThat(wakeUp.woken()).isEqualTo(count);
		assertThat(waiters).allSatisfy((waiter) -> assertWoken(waiter, wakeUp));
	}

	@Test
	void wakeUpsAtOnceShareNobody() {
		List<CompletableFuture<Answer>> waiters = Stream.generate(() -> getAsync(NEXT + "?timeoutMs=60000"))
			.limit(100)
			.toList();
		await().until(() -> waiting() == 100);
		List<CompletableFuture<WakeUp>> wakeUps = Stream
			.generate(() -> CompletableFuture.supplyAsync(() -> wake("10"), (task) -> Thread.ofVirtual().start(task)))
			.limit(10)
			.toList();
		assertThat(wakeUps).allSatisfy((wakeUp) -> assertThat(wakeUp.join().woken()).isEqualTo(10));
		assertThat(answersByEvent(waiters))
			.isEqualTo(wakeUps.stream().collect(Collectors.toMap((wakeUp) -> wakeUp.join().event(), (wakeUp) -> 10L)));
	}

	@Test
	void whoIsWokenAsTheTimeRunsOutIsNeitherLostNorCountedTwice() throws InterruptedException {
		List<CompletableFuture<Answer>> waiters = IntStream.range(0, 150)
			.mapToObj((i) -> getAsync(NEXT + "?timeoutMs=" + (300 + i)))
			.toList();
		Map<Integer, Long> woken = new TreeMap<>();
		while (!waiters.stream().allMatch(CompletableFuture::isDone)) {
			WakeUp wakeUp = wake("2");
			woken.put(wakeUp.event(), (long) wakeUp.woken());
			Thread.sleep(15);
		}
		woken.values().removeIf((count) -> count == 0);
		assertThat(answersByEvent(waiters)).isEqualTo(woken);
		assertThat(waiting()).isZero();
	}

	@Test
	void placeOfWhoGoesAwayIsFreed() throws IOException {
		arriveAndGoAway(1500);
		if (lane().noticesDepartures()) {
			await().atMost(Duration.ofSeconds(1)).until(() -> waiting() == 0);
			CompletableFuture<Answer> waiter = arrive();
			WakeUp wakeUp = wake("1");
			assertThat(wakeUp.woken()).isEqualTo(1);
			assertWoken(waiter, wakeUp);
		}
		else {
			assertThat(waiting()).isEqualTo(1);
			await().atMost(Duration.ofSeconds(3)).until(() -> waiting() == 0);
			assertThat(wake("1").woken()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "?timeoutMs=0", "?timeoutMs=120001", "?timeoutMs=-1", "?timeoutMs=99999999999",
			"?timeoutMs=soon", "?timeoutMs=", "" })
	void anyOtherTimeoutIsABadRequest(String query) {
		assertBadParameter(get(NEXT + query), NEXT, "timeoutMs", 1, 120000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "?wake=0", "?wake=100001", "?wake=-1", "?wake=99999999999", "?wake=ALL", "?wake=1.5",
			"?wake=", "" })
	void anyOtherWakeUpIsABadRequest(String query) {
		assertBadParameter(post(WAKE + query), WAKE, "wake", "a whole number from 1 to 100000, or all", 1, 100000);
	}

	@Test
	void shortestTimeoutIsTaken() {
		assertThat(get(NEXT + "?timeoutMs=1").status()).isEqualTo(204);
	}

	@Test
	void longestTimeoutIsTaken() {
		CompletableFuture<Answer> waiter = getAsync(NEXT + "?timeoutMs=120000");
		await().until(() -> waiting() == 1);
		assertWoken(waiter, wake("all"));
	}

	@Test
	void otherMethodIsNotAllowed() {
		Answer wake = get(WAKE + "?wake=all");
		assertProblem(wake, 405, "Method Not Allowed", "This path does not take this method", WAKE);
		assertThat(wake.header("Allow")).contains("POST");
		Answer next = post(NEXT + "?timeoutMs=1");
		assertProblem(next, 405, "Method Not Allowed", "This path does not take this method", NEXT);
		assertThat(next.header("Allow")).contains("GET");
	}

	private CompletableFuture<Answer> arrive() {
		int before = waiting();
		CompletableFuture<Answer> waiter = getAsync(NEXT + "?timeoutMs=60000");
		await().until(() -> waiting() == before + 1);
		return waiter;
	}

	private void arriveAndGoAway(int timeoutMs) throws IOException {
		try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port())) {
			connection.getOutputStream()
				.write("GET %s?timeoutMs=%d HTTP/1.1\r\nHost: lane\r\n\r\n".formatted(NEXT, timeoutMs)
					.getBytes(StandardCharsets.US_ASCII));
			await().until(() -> waiting() == 1);
		}
	}

	private WakeUp wake(String whom) {
		Answer answer = post(WAKE + "?wake=" + whom);
		WakeUp wakeUp = new WakeUp(JsonPath.read(answer.body(), "$.event"), JsonPath.read(answer.body(), "$.woken"));
		assertAnswer(answer, "{\"event\":%d,\"woken\":%d}".formatted(wakeUp.event(), wakeUp.woken()));
		return wakeUp;
	}

	private Answer post(String path) {
		return send(request(path).POST(BodyPublishers.noBody()).build());
	}

	private int waiting() {
		return metric("lane.events.waiting");
	}

	/**
	 * Counts the answers of those who were woken.
	 * @param waiters the callers
	 * @return how many were woken by each event
	 */
	private static Map<Integer, Long> answersByEvent(List<CompletableFuture<Answer>> waiters) {
		return waiters.stream()
			.map(CompletableFuture::join)
			.filter((answer) -> answer.status() != 204)
			.map((answer) -> JsonPath.<Integer>read(answer.body(), "$.event"))
			.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
	}

	private static void assertWoken(CompletableFuture<Answer> waiter, WakeUp wakeUp) {
		assertAnswer(waiter.join(), "{\"event\":%d}".formatted(wakeUp.event()));
	}

	/**
	 * What a caller who woke others was answered.
	 *
	 * @param event the number of the wake-up
	 * @param woken how many it woke
	 */
	private record WakeUp(int event, int woken) {
	}

}
