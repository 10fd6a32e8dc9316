package dev.threelanes.gatling;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.threelanes.experiments.Share;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class StepBarrierTests {

	private static final Duration LEAD = Duration.ofMillis(200);

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	@Test
	void allBeginEveryStepAtOneMomentAndOnlyWhenTheLastIsReady() throws Exception {
		List<StepBarrier> injectors = joined(3, 2);
		injectors.get(0).ready();
		injectors.get(2).ready();
		// That nothing begins is seen by time alone.
		Thread.sleep(300);
		assertThat(injectors).noneMatch((injector) -> injector.open(0));
		long ready = System.currentTimeMillis();
		injectors.get(1).ready();
		await().until(() -> injectors.stream().allMatch((injector) -> injector.open(0)));
		assertThat(injectors).extracting((injector) -> injector.begin(0).epochMillis())
			.containsOnly(injectors.getFirst().begin(0).epochMillis());
		assertThat(injectors.getFirst().begin(0).epochMillis()).isGreaterThanOrEqualTo(ready + LEAD.toMillis());
		assertThat(injectors).noneMatch((injector) -> injector.open(1));
		injectors.forEach(StepBarrier::ready);
		await().until(() -> injectors.stream().allMatch((injector) -> injector.open(1)));
		assertThat(injectors).extracting((injector) -> injector.begin(1).epochMillis())
			.containsOnly(injectors.getFirst().begin(1).epochMillis());
		assertThat(this.failures).isEmpty();
	}

	@Test
	void nothingBeginsBeforeItShall() throws Exception {
		long later = System.currentTimeMillis() + 60_000;
		StepBarrier alone = StepBarrier.join(new Share(1, 0), address(0), 1, LEAD, later, this.failures::add);
		alone.ready();
		await().until(() -> alone.open(0));
		assertThat(alone.begin(0).epochMillis()).isEqualTo(later);
	}

	@Test
	void bothClocksOfABeginTellTheSameMoment() {
		long now = System.currentTimeMillis();
		Begin begin = Begin.at(now + 1000);
		assertThat(begin.until(0)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1001));
		assertThat(begin.until(2).minus(begin.until(0))).isBetween(Duration.ofMillis(1998), Duration.ofMillis(2500));
		assertThat(begin.until(-3600)).isZero();
		assertThat(begin.due(1.5) - begin.nanos()).isEqualTo(1_500_000_000L);
	}

	@Test
	void whenAnInjectorGoesTheOthersDoNotWaitForIt() throws Exception {
		int port = freePort();
		StepBarrier first = join(3, 0, 2, port);
		StepBarrier second = join(3, 1, 2, port);
		try (Socket third = new Socket("127.0.0.1", port)) {
			new PrintWriter(third.getOutputStream(), true, StandardCharsets.UTF_8)
				.println(BarrierLine.Hello.line(new Share(3, 2), 2));
			first.ready();
			second.ready();
		}
		await().until(() -> this.failures.size() == 2);
		assertThat(this.failures).containsExactlyInAnyOrder("injector 0 of 3 waits in vain: injector 2 of 3 has gone",
				"injector 1 of 3 waits in vain: injector 2 of 3 has gone");
		assertThat(first.open(0)).isFalse();
	}

	@Test
	void whoWasToldOfAnotherLoadIsRefused() throws Exception {
		int port = freePort();
		join(3, 0, 2, port);
		join(4, 1, 2, port);
		await().until(() -> this.failures.size() == 1);
		assertThat(this.failures).containsExactly(
				"injector 1 of 4 waits in vain: this load is shared by 3 injectors, " + "and injector 1 was told of 4");
		join(3, 1, 5, port);
		await().until(() -> this.failures.size() == 2);
		assertThat(this.failures).contains("injector 1 of 3 waits in vain: injector 1 was told of another load");
		join(3, 2, 2, port);
		try (Socket again = new Socket("127.0.0.1", port);
				BufferedReader in = new BufferedReader(
						new InputStreamReader(again.getInputStream(), StandardCharsets.UTF_8))) {
			new PrintWriter(again.getOutputStream(), true, StandardCharsets.UTF_8)
				.println(BarrierLine.Hello.line(new Share(3, 0), 2));
			assertThat(in.readLine()).isEqualTo("no there is an injector 0 already");
		}
	}

	@Test
	void whoseClockIsWrongIsRefused() throws Exception {
		try (ServerSocket server = new ServerSocket(0)) {
			Thread.ofVirtual().start(() -> answerFromTheFuture(server));
			StepBarrier.join(new Share(2, 1), address(server.getLocalPort()), 1, LEAD, 0, this.failures::add);
			await().until(() -> this.failures.size() == 1);
		}
		assertThat(this.failures.element()).startsWith("injector 1 of 2 waits in vain: its clock is ")
			.endsWith(" ms from that of injector 0, and 50 are allowed: let NTP set both");
	}

	private static void answerFromTheFuture(ServerSocket server) {
		try (Socket connection = server.accept();
				BufferedReader in = new BufferedReader(
						new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
				PrintWriter out = new PrintWriter(connection.getOutputStream(), true, StandardCharsets.UTF_8)) {
			in.readLine();
			while (in.readLine() != null) {
				out.println(BarrierLine.clock(System.currentTimeMillis() + 3_600_000));
			}
		}
		catch (IOException ex) {
			// The other has heard enough.
		}
	}

	private List<StepBarrier> joined(int injectors, int steps) throws Exception {
		int port = freePort();
		List<StepBarrier> joined = new ArrayList<>();
		// The first is not the first to come.
		for (int injector = injectors - 1; injector >= 0; injector--) {
			joined.addFirst(join(injectors, injector, steps, port));
		}
		return joined;
	}

	private StepBarrier join(int injectors, int injector, int steps, int port) throws Exception {
		return StepBarrier.join(new Share(injectors, injector), address(port), steps, LEAD, 0, this.failures::add);
	}

	private static InetSocketAddress address(int port) {
		return InetSocketAddress.createUnresolved("127.0.0.1", port);
	}

	private static int freePort() throws Exception {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
