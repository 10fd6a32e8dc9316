package dev.threelanes.downstream;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import com.sun.management.UnixOperatingSystemMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class ServiceProcessTests {

	private static final int MANY = 10_000;

	@Test
	void holdsTenThousandRequestsAtOnce() throws Exception {
		if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
			assumeThat(system.getMaxFileDescriptorCount())
				.as("10,000 connections need that many file descriptors (ulimit -n)")
				.isGreaterThan(MANY + 500);
		}
		ConnectionProvider connections = ConnectionProvider.builder("many")
			.maxConnections(MANY)
			.pendingAcquireMaxCount(MANY)
			.build();
		try (ServiceProcess service = ServiceProcess.start()) {
			AtomicInteger correct = new AtomicInteger();
			Mono<Void> answers = Flux.range(0, MANY)
				.flatMap((id) -> get(connections, service, "/delay/15000?id=" + id)
					.filter(("{\"id\":" + id + ",\"delayMs\":15000}")::equals)
					.doOnNext((body) -> correct.incrementAndGet()), MANY)
				.then();
			CountDownLatch done = new CountDownLatch(1);
			Disposable running = answers.subscribe(null, (failure) -> done.countDown(), done::countDown);
			try {
				await().atMost(Duration.ofSeconds(14))
					.pollInterval(Duration.ofMillis(250))
					.untilAsserted(() -> assertThat(metrics(service).inFlight()).isEqualTo(MANY));
				assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
			}
			finally {
				running.dispose();
			}
			assertThat(correct).hasValue(MANY);
			assertThat(metrics(service).inFlight()).isZero();
		}
		finally {
			connections.dispose();
		}
	}

	@Test
	void keepsTheDelayAtFiveHundredRequestsASecond() throws Exception {
		ConnectionProvider connections = ConnectionProvider.builder("steady").maxConnections(1000).build();
		List<Window> quiet = new ArrayList<>();
		try (ServiceProcess service = ServiceProcess.start()) {
			load(connections, service, Duration.ofSeconds(4));
			for (int attempt = 0; attempt < 5 && quiet.stream().noneMatch(Window::kept); attempt++) {
				Window window = load(connections, service, Duration.ofSeconds(3));
				System.out.println(window);
				if (window.quiet()) {
					quiet.add(window);
				}
			}
		}
		finally {
			connections.dispose();
		}
		assumeThat(quiet).as("other work on this machine delays even a thread that only sleeps").isNotEmpty();
		assertThat(quiet).anyMatch(Window::kept);
	}

	@Test
	void whenToldToEndFinishesWhatItBeganAndIsGoneWithinFiveSeconds() throws Exception {
		try (ServiceProcess service = ServiceProcess.start();
				HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			CompletableFuture<HttpResponse<String>> shorter = send(client, service, "/delay/1500");
			CompletableFuture<HttpResponse<String>> longer = send(client, service, "/delay/60000");
			await().untilAsserted(() -> assertThat(metrics(service).inFlight()).isEqualTo(2));
			service.process().destroy();
			assertThat(service.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
			assertThat(shorter.get(1, TimeUnit.SECONDS).body()).isEqualTo("{\"id\":0,\"delayMs\":1500}");
			await().untilAsserted(() -> assertThat(longer).isCompletedExceptionally());
		}
	}

	@Test
	void whenOptionIsBadSaysSoAndExitsWithUsageStatus() throws Exception {
		Process process = ServiceProcess.launch("--port=x");
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isEqualTo(2);
		assertThat(output(process)).contains("downstream: --port must be a whole number between 0 and 65535, not 'x'",
				"Usage: ");
	}

	@Test
	void whenPortIsTakenSaysSo() throws Exception {
		try (ServerSocket taken = new ServerSocket(0)) {
			Process process = ServiceProcess.launch("--port=" + taken.getLocalPort());
			assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isEqualTo(3);
			assertThat(output(process)).contains("downstream: cannot listen on 127.0.0.1:" + taken.getLocalPort());
		}
	}

	private static Window load(ConnectionProvider connections, ServiceProcess service, Duration duration)
			throws Exception {
		int requests = (int) (500 * duration.toSeconds());
		long[] tickNanos = new long[requests];
		AtomicLongArray nanos = new AtomicLongArray(requests);
		AtomicInteger next = new AtomicInteger();
		CountDownLatch answered = new CountDownLatch(requests);
		Metrics before = metrics(service);
		try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
			long begin = System.nanoTime();
			ScheduledFuture<?> ticks = clock.scheduleAtFixedRate(() -> {
				int index = next.getAndIncrement();
				if (index < requests) {
					long start = System.nanoTime();
					tickNanos[index] = start - begin - index * 2_000_000L;
					get(connections, service, "/delay/200").subscribe((body) -> {
						nanos.set(index, System.nanoTime() - start);
						answered.countDown();
					});
				}
			}, 0, 2, TimeUnit.MILLISECONDS);
			boolean complete = answered.await(duration.toSeconds() + 20, TimeUnit.SECONDS);
			ticks.cancel(false);
			assertThat(complete).as("every request was answered").isTrue();
		}
		return new Window(p99Millis(LongStream.of(tickNanos)),
				p99Millis(IntStream.range(0, requests).mapToLong(nanos::get)),
				metrics(service).latenessMillisSince(before, 0.99));
	}

	private static double p99Millis(LongStream nanos) {
		long[] sorted = nanos.sorted().toArray();
		return sorted[(int) Math.ceil(0.99 * sorted.length) - 1] / 1e6;
	}

	private static Mono<String> get(ConnectionProvider connections, ServiceProcess service, String path) {
		return reactor.netty.http.client.HttpClient.create(connections)
			.get()
			.uri("http://127.0.0.1:" + service.port() + path)
			.responseContent()
			.aggregate()
			.asString();
	}

	private static CompletableFuture<HttpResponse<String>> send(HttpClient client, ServiceProcess service,
			String path) {
		return client.sendAsync(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static Metrics metrics(ServiceProcess service) throws IOException, InterruptedException {
		try (HttpClient client = HttpClient.newHttpClient()) {
			return new Metrics(send(client, service, "/metrics").join().body());
		}
	}

	private static String output(Process process) throws IOException {
		return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	/**
	 * What a stretch of load gave, 99th percentiles in milliseconds.
	 *
	 * @param clockLateness of the ticks that start the requests, which need next to no
	 * CPU: how far anything on this machine can be trusted now
	 * @param latency from request to answer, for the client
	 * @param lateness by the service's own histogram, the upper bound of the bucket
	 */
	private record Window(double clockLateness, double latency, double lateness) {

		boolean quiet() {
			return this.clockLateness < 2;
		}

		boolean kept() {
			return this.latency >= 200 && this.latency <= 210 && this.lateness <= 10;
		}

	}

}
