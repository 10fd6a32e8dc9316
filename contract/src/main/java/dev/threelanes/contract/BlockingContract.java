package dev.threelanes.contract;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of others when a request blocks a thread: nothing, unless it blocks the
 * thread that serves them too.
 */
public abstract class BlockingContract extends LaneTest {

	protected BlockingContract(Lane lane) {
		super(lane);
	}

	@ParameterizedTest
	@CsvSource({ "handler,0", "handler,200", "worker,0", "worker,200", "worker,10000", "monitor,0", "monitor,200" })
	void blocksForAsLongAsAsked(String where, int blockMs) {
		Answer answer = get("/api/blocking?blockMs=" + blockMs + "&where=" + where);
		assertAnswer(answer, """
				{"blockMs":%d,"where":"%s"}""".formatted(blockMs, where));
		assertThat(answer.took()).isGreaterThanOrEqualTo(Duration.ofMillis(blockMs));
		assertThat(downstream().calls()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "&blockMs=", "&blockMs=-1", "&blockMs=10001", "&blockMs=x", "&blockMs=0.5" })
	void anyOtherTimeIsABadRequest(String query) {
		assertBadParameter(get("/api/blocking?where=worker" + query), "/api/blocking", "blockMs", 0, 10000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "&where=", "&where=loop", "&where=HANDLER", "&where=handler,worker",
			"&where=handler&where=worker" })
	void anyOtherPlaceIsABadRequest(String query) {
		Answer answer = get("/api/blocking?blockMs=0" + query);
		assertThat(answer.body()).isEqualTo("""
				{"detail":"where must be handler or worker or monitor","instance":"/api/blocking","status":400,\
				"title":"Bad Request","parameter":"where","allowed":["handler","worker","monitor"]}""");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.contentType()).isEqualTo("application/problem+json");
	}

	@Test
	void whenHandlersBlockOthersWaitWhereTheyShareAThread() {
		assertThat(othersWaitWhileMoreThanAllLoopsBlock("handler")).isEqualTo(lane().blockedHandlersHoldUpOthers());
	}

	@Test
	void whenWorkersBlockNobodyElseWaits() {
		assertThat(othersWaitWhileMoreThanAllLoopsBlock("worker")).isFalse();
	}

	@Test
	void whenOwnersOfMonitorsBlockNobodyElseWaits() {
		assertThat(othersWaitWhileMoreThanAllLoopsBlock("monitor")).isFalse();
	}

	@Test
	void nobodyWaitsForTheMonitorOfAnother() {
		get("/api/blocking?blockMs=0&where=monitor");
		List<CompletableFuture<Answer>> owners = Stream
			.generate(() -> getLater("/api/blocking?blockMs=1000&where=monitor"))
			.limit(4)
			.toList();
		assertThat(owners).allSatisfy((answer) -> assertThat(answer.join().took()).isLessThan(Duration.ofMillis(1900)));
	}

	@Test
	void blockingCallThatNobodyMeantIsCaughtOnAnEventLoop() {
		Answer answer = get("/api/asleep");
		if (lane().blockedHandlersHoldUpOthers()) {
			assertThat(answer.status()).isEqualTo(500);
			assertThat(BlockedLoops.take()).singleElement()
				.satisfies((call) -> assertThat(call).hasMessageContaining("java.lang.Thread.sleep"));
		}
		else {
			assertThat(answer.body()).isEqualTo("slept");
		}
	}

	private boolean othersWaitWhileMoreThanAllLoopsBlock(String where) {
		get("/api/hello");
		List<CompletableFuture<Answer>> blocked = Stream
			.generate(() -> getLater("/api/blocking?blockMs=2000&where=" + where))
			.limit(2 * Math.max(4, Runtime.getRuntime().availableProcessors()))
			.toList();
		// No metric tells that they have begun: it would have to be read from a loop.
		await().pollDelay(Duration.ofMillis(300)).until(() -> true);
		Duration took = get("/api/hello").took();
		assertThat(blocked).allSatisfy((answer) -> assertThat(answer.join().status()).isEqualTo(200));
		return took.compareTo(Duration.ofMillis(1000)) > 0;
	}

}
