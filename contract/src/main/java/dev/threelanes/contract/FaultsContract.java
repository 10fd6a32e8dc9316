package dev.threelanes.contract;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a caller can rely on while the slow service fails in every way that a service can:
 * an answer in time, and a lane that has lost nothing afterwards.
 */
@TestPropertySource(properties = { "lane.downstream.connect-timeout=2s", "lane.downstream.response-timeout=2s",
		"lane.downstream.call-timeout=4s", "lane.limited.permits=" + FaultsContract.AT_ONCE,
		"server.tomcat.threads.min-spare=" + FaultsContract.AT_ONCE })
public abstract class FaultsContract extends LaneTest {

	/** As many as there are threads of a pool, from the start on. */
	static final int AT_ONCE = 200;

	private static final int CALLS = 10_000;

	/** So long that all callers at once need all that it takes to serve them. */
	private static final int DELAY_MS = 500;

	/** One of a thousand that left something behind would show. */
	private static final int FEW = CALLS / 1000;

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);

	private static final List<Fault> QUICK = List.of(Fault.RESET, Fault.CUT_SHORT, Fault.CLOSE, Fault.CLOSE_WITHIN,
			Fault.NO_HTTP, Fault.GARBAGE, Fault.EMPTY, Fault.SERVER_ERROR);

	private static final List<Fault> SLOW = List.of(Fault.SILENT, Fault.SILENT_WITHIN, Fault.TRICKLE_WITHIN);

	protected FaultsContract(Lane lane) {
		super(lane);
	}

	@Test
	void whoHangsOrTricklesIsGivenUpInTime() throws Exception {
		get("/api/call?delayMs=0");
		Map<Fault, Duration> timeouts = Map.of(Fault.SILENT, RESPONSE_TIMEOUT, Fault.SILENT_WITHIN, RESPONSE_TIMEOUT,
				Fault.TRICKLE, CALL_TIMEOUT, Fault.TRICKLE_WITHIN, CALL_TIMEOUT);
		timeouts.keySet().forEach((fault) -> downstream().failWhoAsksFor(fault.ordinal(), fault));
		try (Lateness lateness = new Lateness()) {
			// Beside each other: each waits for a time limit of its own.
			Map<Fault, CompletableFuture<Answer>> answers = new EnumMap<>(Fault.class);
			timeouts.keySet()
				.forEach((fault) -> answers.put(fault, getLater("/api/limited?delayMs=" + fault.ordinal())));
			answers.forEach((fault, later) -> {
				Answer answer = later.join();
				seen("%s: %d after %d ms".formatted(fault, answer.status(), answer.took().toMillis()));
				assertProblem(answer, 504, "Gateway Timeout", "The downstream service took too long", "/api/limited");
				assertInTime(answer, Objects.requireNonNull(timeouts.get(fault)), lateness);
			});
		}
		assertNothingIsHeld();
	}

	@Test
	void whoAcceptsNobodyIsGivenUpWithinTheConnectTimeout() throws Exception {
		get("/api/call?delayMs=0");
		downstream().acceptNobody();
		// A thread does not see that its idle connection was closed, but looks after 1 s.
		Thread.sleep(1200);
		try (Lateness lateness = new Lateness()) {
			Answer answer = get("/api/call?delayMs=0");
			seen("accepts nobody: %d after %d ms".formatted(answer.status(), answer.took().toMillis()));
			assertBadGateway(answer, "/api/call");
			assertInTime(answer, CONNECT_TIMEOUT, lateness);
		}
		downstream().reset();
		await().untilAsserted(() -> assertThat(get("/api/call?delayMs=0").status()).isEqualTo(200));
		assertNothingIsHeld();
	}

	@ParameterizedTest
	@EnumSource(names = { "RESET", "CUT_SHORT", "CLOSE", "CLOSE_WITHIN", "NO_HTTP", "GARBAGE", "EMPTY", "SERVER_ERROR",
			"ENDLESS" })
	void whoFailsAtOnceIsToldOfAtOnce(Fault fault) throws Exception {
		get("/api/call?delayMs=0");
		downstream().fail(fault);
		try (Lateness lateness = new Lateness()) {
			Answer answer = get("/api/limited?delayMs=0");
			seen("%s: %d after %d ms".formatted(fault, answer.status(), answer.took().toMillis()));
			assertBadGateway(answer, "/api/limited");
			assertThat(answer.took()).isLessThan(RESPONSE_TIMEOUT.plus(lateness.worst()));
		}
		assertNothingIsHeld();
	}

	@Test
	void nothingIsLeftOfManyThatFailedAtOnce() throws Exception {
		get("/api/call?delayMs=0");
		assertThat(atOnce(2 * AT_ONCE)).containsOnly(200);
		int threads = threads();
		for (Fault fault : QUICK) {
			downstream().fail(fault);
			assertThat(atOnce(CALLS / QUICK.size())).as(fault.name()).containsOnly(502);
		}
		downstream().reset();
		assertThat(atOnce(2 * AT_ONCE)).containsOnly(200);
		assertNothingIsHeld();
		await().untilAsserted(() -> assertThat(threads()).isLessThan(threads + FEW));
		seen("many that failed at once: %d threads before, %d after; %d connections, %d in the pool".formatted(threads,
				threads(), downstream().openConnections(), idleConnections()));
	}

	@Test
	void nothingIsLeftOfManyThatHungOrTrickled() throws Exception {
		get("/api/call?delayMs=0");
		assertThat(atOnce(2 * AT_ONCE)).containsOnly(200);
		int threads = threads();
		for (Fault fault : SLOW) {
			downstream().fail(fault);
			assertThat(atOnce(AT_ONCE)).as(fault.name()).containsOnly(504);
		}
		downstream().reset();
		assertThat(atOnce(2 * AT_ONCE)).containsOnly(200);
		assertNothingIsHeld();
		await().untilAsserted(() -> assertThat(threads()).isLessThan(threads + FEW));
		seen("many that hung or trickled: %d threads before, %d after; %d connections, %d in the pool"
			.formatted(threads, threads(), downstream().openConnections(), idleConnections()));
	}

	private static void assertInTime(Answer answer, Duration timeout, Lateness lateness) {
		assertThat(answer.took()).isBetween(timeout, timeout.plus(timeout.dividedBy(10)).plus(lateness.worst()));
	}

	// Connections that failed are closed, the others wait for the next call, and every
	// request that was begun has ended.
	private void assertNothingIsHeld() {
		await().untilAsserted(() -> {
			assertThat(metric("downstream.connections?tag=state:active")).isZero();
			assertThat(metric("downstream.connections?tag=state:pending")).isZero();
			assertThat(downstream().openConnections()).isLessThanOrEqualTo(idleConnections());
			assertThat(permits("free")).isEqualTo(AT_ONCE);
			assertThat(permits("waiting")).isZero();
			assertThat(metric("http.server.requests.active")).isZero();
			assertThat(metric("http.client.requests.active")).isZero();
		});
	}

	private int idleConnections() {
		return metric("downstream.connections?tag=state:idle");
	}

	private List<Integer> atOnce(int calls) throws Exception {
		try (ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
			List<Future<Integer>> answers = callers.invokeAll(IntStream.range(0, calls)
				.<Callable<Integer>>mapToObj((call) -> () -> get(path(call) + "?delayMs=" + DELAY_MS).status())
				.toList());
			return answers.stream().map(Future::resultNow).toList();
		}
	}

	private static String path(int call) {
		return (call % 2 == 0) ? "/api/call" : "/api/limited";
	}

	// The lane's: those of the callers, which share its JVM, are virtual or the client's
	// own.
	private static int threads() {
		return (int) Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> !name.startsWith("HttpClient-") && !name.startsWith("ForkJoinPool")
					&& !name.equals(StubDownstream.THREAD))
			.count();
	}

	/**
	 * How late this machine is meanwhile for whoever waits, which is no fault of a lane.
	 */
	private static final class Lateness implements AutoCloseable {

		private static final Duration TICK = Duration.ofMillis(10);

		private final Thread clock = Thread.ofPlatform().daemon().start(this::tick);

		private volatile long worstNanos;

		Duration worst() {
			return Duration.ofNanos(this.worstNanos);
		}

		@Override
		public void close() {
			this.clock.interrupt();
		}

		private void tick() {
			try {
				while (true) {
					long start = System.nanoTime();
					Thread.sleep(TICK);
					this.worstNanos = Math.max(this.worstNanos, System.nanoTime() - start - TICK.toNanos());
				}
			}
			catch (InterruptedException ex) {
				// No longer asked for.
			}
		}

	}

}
