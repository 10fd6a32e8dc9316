package dev.threelanes.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.threelanes.experiments.Lane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * The whole pipeline with real lanes and real Gatling, in the smoke profile: T = 20, D =
 * 500 ms, so that the cap of a pool of threads is 40 requests a second.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SmokeRunTests {

	private static final JsonMapper JSON = new JsonMapper();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void measuresEveryLaneAndFindsTheCapOfTheThreadPool() throws Exception {
		SmokeRun smoke = SmokeRun.healthy();
		Path run = smoke.folder();
		assertThat(smoke.status()).as(smoke.output()).isEqualTo(Lanes.DONE);
		assertThat(smoke.output()).contains("[3/3] slow-call",
				"The page: " + run.toAbsolutePath().resolve("index.html"));
		assertThat(run.resolve("index.html")).content().contains("Does a pool of threads cap throughput?");
		JsonNode experiment = JSON.readTree(run.resolve("results.json")).path("experiments").path(0);
		assertThat(experiment.path("id").asString()).isEqualTo("slow-call");
		double cap = 20 / 0.5;
		for (JsonNode lane : experiment.path("lanes")) {
			String name = lane.path("lane").asString();
			JsonNode last = lane.path("steps").path(5);
			assertThat(last.path("offeredRps").asDouble()).isEqualTo(2 * cap);
			assertThat(last.path("valid").asBoolean()).as(name).isTrue();
			assertThat(last.path("errors").isEmpty()).as(name).isTrue();
			assertThat(last.path("achievedRps").asDouble()).as(name).isGreaterThanOrEqualTo(0.99 * 2 * cap);
			boolean threadBound = name.equals("mvc");
			assertThat(last.path("goodputRps").asDouble()).as(name)
				.isCloseTo(threadBound ? cap : 2 * cap, within(0.1 * cap));
			// 240 users in 3 s into 40 a second: the last of them waits for 3 s.
			assertThat(last.path("latencyMs").path("p99").asDouble()).as(name)
				.matches((p99) -> threadBound ? p99 > 2000 : p99 < 1000);
			Path cell = run.resolve("cells/slow-call").resolve(name).resolve("1");
			assertThat(cell.resolve("gatling/index.html")).exists();
			JsonNode identity = JSON.readTree(cell.resolve("cell.json")).path("identityAfter");
			assertThat(identity.path("virtual").asBoolean()).as(name).isEqualTo(name.equals("loom"));
		}
		assertThat(experiment.path("lanes").size()).isEqualTo(3);
		assertThat(unfinishedCells(run)).isEmpty();
	}

	@Test
	void whenVirtualThreadsAreOffRefusesLoom() {
		Path run = this.folder.resolve("run");
		Run impostor = new Run(SmokeRun.INSTALLATION, SmokeRun.plan(Lane.LOOM), SmokeRun.PORTS, run, List.of("run"),
				new PrintWriter(new StringWriter()), List.of("--spring.threads.virtual.enabled=false"));
		assertThatExceptionOfType(RunFailure.class).isThrownBy(impostor::execute)
			.withMessage("loom is not the lane it claims to be: whoami says virtual: false where true was asked for");
		assertThat(run.resolve("cells/slow-call/loom/1")).doesNotExist();
		assertThat(run.resolve("cells/slow-call/loom/.1.part")).doesNotExist();
	}

	@Test
	void whenALaneDoesNotStartSaysWhyWithItsLastWords() {
		Run broken = new Run(SmokeRun.INSTALLATION, SmokeRun.plan(Lane.MVC), SmokeRun.PORTS, this.folder.resolve("run"),
				List.of("run"), new PrintWriter(new StringWriter()), List.of("--server.tomcat.threads.max=many"));
		assertThatExceptionOfType(RunFailure.class).isThrownBy(broken::execute)
			.withMessageStartingWith("mvc ended with status 1 before it was ready; its last words:")
			.withMessageContaining("server.tomcat.threads.max");
	}

	@Test
	void whenInterruptedLeavesNoProcessAndKeepsFinishedCells() throws Exception {
		Path run = this.folder.resolve("run");
		Path log = this.folder.resolve("lanes.log");
		// Whoever runs this test in the background has SIGINT ignored.
		Process runner = new ProcessBuilder("env", "--default-signal=INT",
				Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"--enable-native-access=ALL-UNNAMED", "-Dlanes.home=" + SmokeRun.INSTALLATION.home(), "-cp",
				System.getProperty("java.class.path"), Lanes.class.getName(), "run", "--profile", "smoke", "--lanes",
				"webflux,loom", "--port-base", String.valueOf(SmokeRun.PORTS.base()), "--out", run.toString())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			await().atMost(Duration.ofMinutes(3)).until(() -> finishedCells(run).size() == 1);
			await().atMost(Duration.ofMinutes(1)).until(() -> runner.descendants().count() == 3);
			List<ProcessHandle> children = runner.descendants().toList();
			assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(runner.pid())).start().waitFor()).isZero();
			assertThat(runner.waitFor(20, TimeUnit.SECONDS)).isTrue();
			assertThat(children).noneMatch(ProcessHandle::isAlive);
			assertThat(finishedCells(run)).hasSize(1);
			assertThat(unfinishedCells(run)).isEmpty();
			assertThat(log).content()
				.contains("Stopped: 1 of 2 cells kept in " + run + "; ./lanes run --resume finishes the run");
		}
		finally {
			runner.descendants().forEach(ProcessHandle::destroyForcibly);
			runner.destroyForcibly();
		}
	}

	/** Unfinished cells, which must not outlive a run. */
	private static List<Path> unfinishedCells(Path run) throws IOException {
		try (Stream<Path> files = Files.walk(run.resolve("cells"))) {
			return files.filter((file) -> file.getFileName().toString().endsWith(".part")).toList();
		}
	}

	private static List<Path> finishedCells(Path run) throws IOException {
		Path cells = run.resolve("cells");
		if (!Files.isDirectory(cells)) {
			return new ArrayList<>();
		}
		try (Stream<Path> files = Files.walk(cells)) {
			return files.filter((file) -> file.endsWith("cell.json") && !file.toString().contains(".part")).toList();
		}
		catch (UncheckedIOException ex) {
			// A folder was renamed under the walk: look again.
			return new ArrayList<>();
		}
	}

}
