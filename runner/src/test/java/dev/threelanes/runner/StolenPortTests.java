package dev.threelanes.runner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import dev.threelanes.experiments.Contender;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Somebody takes a port after the run has looked whether it is free.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StolenPortTests {

	private static final Ports PORTS = SmokeRun.PORTS;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@ParameterizedTest
	@EnumSource
	void whenThePortOfActuatorIsTakenBeforeALaneStartsNamesItAndStartsNothing(Lane lane) throws IOException {
		HttpServer thief = ready(PORTS.management(lane));
		try {
			assertThatExceptionOfType(RunFailure.class).isThrownBy(() -> start(lane))
				.withMessageStartingWith("Port %d, needed for %s's Actuator, is taken", PORTS.management(lane),
						lane.id());
			assertThat(log(lane)).doesNotExist();
		}
		finally {
			thief.stop(0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenThePortIsTakenWhileALaneStartsSaysSoAndLeavesNoProcess(Lane lane) throws Exception {
		CompletableFuture<ServerSocket> thief = CompletableFuture.supplyAsync(() -> {
			await().pollInterval(Duration.ofMillis(5))
				.atMost(Duration.ofSeconds(30))
				.until(() -> Files.exists(log(lane)));
			return take(PORTS.application(lane));
		}, (task) -> Thread.ofPlatform().start(task));
		try {
			assertThatExceptionOfType(RunFailure.class).isThrownBy(() -> start(lane))
				.withMessageStartingWith("%s ended with status 1 before it was ready; its last words:", lane.id())
				.withMessageContaining("Port %d was already in use", PORTS.application(lane));
			assertThat(children()).noneMatch((command) -> command.contains(lane.id() + "-app.jar"));
		}
		finally {
			thief.get(1, TimeUnit.MINUTES).close();
		}
	}

	@Test
	void aLaneOfAnotherRunIsNotTakenForTheOwn() throws Exception {
		int port = PORTS.application(Lane.MVC);
		CompletableFuture<List<HttpServer>> another = CompletableFuture.supplyAsync(() -> {
			await().pollInterval(Duration.ofMillis(5))
				.atMost(Duration.ofSeconds(30))
				.until(() -> Files.exists(log(Lane.MVC)));
			return List.of(ready(port), ready(PORTS.management(Lane.MVC)));
		}, (task) -> Thread.ofPlatform().start(task));
		try {
			assertThatExceptionOfType(RunFailure.class).isThrownBy(() -> start(Lane.MVC))
				.withMessageStartingWith("mvc ended with status 1 before it was ready; its last words:")
				.withMessageContaining("Port %d was already in use", port);
		}
		finally {
			another.get(1, TimeUnit.MINUTES).forEach((server) -> server.stop(0));
		}
	}

	@Test
	void whenThePortOfTheDownstreamIsTakenTheRunEnds() throws Exception {
		HttpServer thief = ready(PORTS.downstream());
		try (DownstreamProcess downstream = DownstreamProcess.start(SmokeRun.INSTALLATION.downstream(),
				PORTS.downstream(), false, "", this.folder.resolve("downstream.log"))) {
			await().atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThatExceptionOfType(RunFailure.class).isThrownBy(downstream::requireAlive)
					.withMessageContaining("cannot listen on 127.0.0.1:" + PORTS.downstream()));
		}
		finally {
			thief.stop(0);
		}
	}

	private LaneProcess start(Lane lane) throws InterruptedException {
		return LaneProcess.start(Contender.of(lane), SmokeRun.INSTALLATION.lane(lane), PORTS, Settings.ALIGNED,
				new Parameters(100, 200), Database.ofRun(PORTS), List.of(), "", log(lane));
	}

	private Path log(Lane lane) {
		return this.folder.resolve(lane.id() + ".log");
	}

	private static List<String> children() {
		return ProcessHandle.current().children().map((child) -> child.info().commandLine().orElse("")).toList();
	}

	private static ServerSocket take(int port) {
		try {
			return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// Answers every question as a lane that is ready would, but with another process.
	private static HttpServer ready(int port) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
			byte[] answer = "{\"lane\":\"mvc\",\"pid\":1}".getBytes(StandardCharsets.US_ASCII);
			server.createContext("/", (exchange) -> {
				exchange.sendResponseHeaders(200, answer.length);
				exchange.getResponseBody().write(answer);
				exchange.close();
			});
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
