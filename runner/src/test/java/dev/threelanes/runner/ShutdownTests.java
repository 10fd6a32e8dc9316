package dev.threelanes.runner;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.threelanes.experiments.Lane;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What callers see of a lane that is asked to go while it serves: nothing, if they try
 * once more elsewhere. The other one is a second JVM of the same lane, which stays.
 */
class ShutdownTests {

	private static final int THREADS = 20;

	private static final int DELAY_MS = 200;

	/** 70 % of what the threads can serve. */
	private static final int RATE = THREADS * 1000 / DELAY_MS * 7 / 10;

	/** Of which more than 10 are in flight at any time. */
	private static final int CALLS_BEFORE = 2 * RATE;

	/** Answered when the one is gone. */
	private static final int CALLS_AFTER = RATE / 2;

	private static final Duration CALLS_WITHIN = Duration.ofMinutes(1);

	private static final Duration NOTICE = Duration.ofSeconds(2);

	private static final Duration LONGEST_EXIT = Duration.ofSeconds(35);

	/** Two JVMs that start at once on a busy machine; no bound of theirs. */
	private static final Duration READY_WITHIN = Duration.ofMinutes(3);

	private static final Ports PORTS = SmokeRun.PORTS;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@ParameterizedTest
	@EnumSource
	void whoTriesOnceMoreElsewhereSeesNoFailure(Lane lane) throws Exception {
		try (DownstreamProcess downstream = DownstreamProcess.start(SmokeRun.INSTALLATION.downstream(),
				PORTS.downstream(), false, "", this.folder.resolve("downstream.log"));
				ChildProcess leaving = start(lane, PORTS);
				ChildProcess staying = start(lane, PORTS.ofInstance(1));
				ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
			awaitReady(lane, PORTS);
			awaitReady(lane, PORTS.ofInstance(1));
			Queue<CompletableFuture<Attempt>> attempts = new ConcurrentLinkedQueue<>();
			clock.scheduleAtFixedRate(() -> attempts.add(attempt(lane)), 0, 1_000_000 / RATE, TimeUnit.MICROSECONDS);
			awaitAnswers(attempts, CALLS_BEFORE);
			long asked = System.nanoTime();
			ProcessHandle.of(leaving.pid()).orElseThrow().destroy();
			await().pollInterval(Duration.ofMillis(20))
				.atMost(NOTICE)
				.until(() -> status(readiness(lane, PORTS)) == 503);
			// Not ready, and yet it serves whoever has not heard of it.
			assertThat(status(call(lane, PORTS))).isEqualTo(200);
			assertThat(leaving.waitFor(LONGEST_EXIT)).isTrue();
			Duration took = Duration.ofNanos(System.nanoTime() - asked);
			awaitAnswers(attempts, attempts.size() + CALLS_AFTER);
			clock.shutdown();
			assertThat(clock.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
			List<Attempt> all = attempts.stream().map(CompletableFuture::join).toList();
			Files.writeString(Path.of("target", "faults.txt"),
					"%s: shutdown: %d calls, %d failed at first, %d in the end, gone after %d ms%n".formatted(lane.id(),
							all.size(), all.stream().filter((attempt) -> attempt.failure() != null).count(),
							all.stream().filter((attempt) -> attempt.status() != 200).count(), took.toMillis()),
					StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			assertThat(all).hasSizeGreaterThan(CALLS_BEFORE + CALLS_AFTER)
				.allSatisfy((it) -> assertThat(it.status()).isEqualTo(200));
			// Whoever failed at first was turned away at once, and after the notice.
			assertThat(all).filteredOn((it) -> it.failure() != null)
				.allSatisfy((it) -> assertThat(it.failedNanos() - asked).isGreaterThan(NOTICE.toNanos()))
				.allSatisfy((it) -> assertThat(it.failure()).isInstanceOf(IOException.class));
			assertThat(took).isBetween(NOTICE, LONGEST_EXIT);
			assertThat(leaving.exitValue()).isEqualTo(143);
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> send(call(lane, PORTS)));
			assertThat(staying.isAlive()).isTrue();
			downstream.requireAlive();
			// How one goes that is asked to was seen.
			staying.kill();
		}
	}

	private ChildProcess start(Lane lane, Ports ports) {
		JavaCommand command = JavaCommand.jar(
				List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"),
				SmokeRun.INSTALLATION.lane(lane),
				List.of("--server.port=" + ports.application(lane),
						"--management.server.port=" + ports.management(lane),
						"--lane.downstream.url=" + LaneProcess.loopback(ports.downstream(), ""),
						"--server.tomcat.threads.max=" + THREADS, "--lane.shutdown-delay=" + NOTICE.toMillis() + "ms"));
		return ChildProcess.start(lane.id(), command, "", this.folder.resolve(ports.application(lane) + ".log"),
				LONGEST_EXIT);
	}

	private void awaitReady(Lane lane, Ports ports) {
		await().atMost(READY_WITHIN).ignoreExceptions().until(() -> status(readiness(lane, ports)) == 200);
		for (int i = 0; i < 20; i++) {
			assertThat(status(LaneProcess.loopback(ports.application(lane), "/api/call?delayMs=1"))).isEqualTo(200);
		}
	}

	// A caller who knows nothing of readiness: it asks the one that goes, and if that
	// fails the one that stays.
	private CompletableFuture<Attempt> attempt(Lane lane) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				HttpResponse<String> first = send(call(lane, PORTS));
				if (first.statusCode() == 200) {
					return new Attempt(200, null, 0);
				}
				return new Attempt(status(call(lane, PORTS.ofInstance(1))),
						new IOException("status " + first.statusCode()), System.nanoTime());
			}
			catch (IOException ex) {
				long failed = System.nanoTime();
				return new Attempt(status(call(lane, PORTS.ofInstance(1))), ex, failed);
			}
		}, (task) -> Thread.ofVirtual().start(task));
	}

	private static void awaitAnswers(Queue<CompletableFuture<Attempt>> attempts, int count) {
		await().atMost(CALLS_WITHIN).until(() -> attempts.stream().filter(CompletableFuture::isDone).count() >= count);
	}

	private int status(URI uri) {
		try {
			return send(uri).statusCode();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private HttpResponse<String> send(URI uri) throws IOException {
		try {
			return this.http.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
					HttpResponse.BodyHandlers.ofString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private static URI call(Lane lane, Ports ports) {
		return LaneProcess.loopback(ports.application(lane), "/api/call?delayMs=" + DELAY_MS);
	}

	private static URI readiness(Lane lane, Ports ports) {
		return LaneProcess.loopback(ports.management(lane), "/actuator/health/readiness");
	}

	/**
	 * What became of a call.
	 *
	 * @param status the status in the end; 0 without an answer
	 * @param failure why the first try failed, if it did
	 * @param failedNanos when it failed, on the clock of {@link System#nanoTime()}
	 */
	private record Attempt(int status, @Nullable Exception failure, long failedNanos) {
	}

}
