package dev.threelanes.runner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Settings;
import dev.threelanes.runner.RunPlan.PlannedCell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a run tells the engine, of which a script keeps every word.
 */
class ComposeContainersTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@SuppressWarnings("NullAway.Init")
	private HttpServer server;

	@BeforeEach
	void serve() throws Exception {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			byte[] body = "process_start_time_seconds 1000\n".getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void whereNothingRanNothingRunsAfterwards() throws Exception {
		ComposeContainers containers = start(engine(""), cells("workers"));
		assertThat(calls()).containsExactly("up --detach --no-deps downstream");
		containers.close();
		containers.close();
		assertThat(calls()).last().isEqualTo("down --timeout 10");
		assertThat(calls()).hasSize(2);
	}

	@Test
	void everyCellHasAFreshContainerWithItsOwnLimits() throws Exception {
		List<PlannedCell> cells = cells("workers");
		try (ComposeContainers containers = start(engine(""), cells)) {
			PlannedCell cell = cells.getFirst();
			try (Service lane = containers.start(cell, this.folder.resolve("lane.log"))) {
				assertThat(lane.startUp()).isPositive();
				assertThat(lane.bystanders()).isEmpty();
				assertThat(calls()).last()
					.isEqualTo("up --detach --no-deps --force-recreate " + cell.subject().id()
							+ " --server.tomcat.threads.max=4");
			}
			assertThat(calls()).endsWith("stop --timeout 10 " + cell.subject().id(),
					"rm --force -v " + cell.subject().id());
		}
	}

	@Test
	void whatRanBeforeIsStoppedMeanwhileAndRunsAfterwards() throws Exception {
		try (ComposeContainers containers = start(engine("mvc loom downstream"), cells("workers"))) {
			assertThat(calls()).containsExactly("stop --timeout 10 mvc loom");
			assertThat(containers.downstream().pids()).isEmpty();
		}
		assertThat(calls()).last().isEqualTo("up --detach --no-deps mvc loom");
		assertThat(calls()).noneMatch((call) -> call.startsWith("down"));
	}

	@Test
	void theDatabaseIsStartedWhereItIsAskedAndRemovedAlone() throws Exception {
		start(engine("downstream front"), cells("db-pool")).close();
		assertThat(calls()).containsExactly("up --detach --no-deps database", "stop --timeout 10 database",
				"rm --force -v database");
	}

	@Test
	void aRunThatIsBeingStoppedStartsNothingMore() throws Exception {
		List<PlannedCell> cells = cells("workers");
		ComposeContainers containers = start(engine(""), cells);
		containers.close();
		assertThatExceptionOfType(RunFailure.class)
			.isThrownBy(() -> containers.start(cells.getFirst(), this.folder.resolve("lane.log")))
			.withMessageContaining("the run is being stopped");
	}

	@Test
	void whatTheEngineSaysOfAFailureIsTold() throws Exception {
		assertThatExceptionOfType(RunFailure.class).isThrownBy(() -> engine("").run(Map.of(), "fail"))
			.withMessageContaining("failed with status 7")
			.withMessageContaining("no such thing");
	}

	private static ComposeContainers start(ComposeCommand engine, List<PlannedCell> cells) throws InterruptedException {
		return ComposeContainers.start(engine, cells, (started) -> {
		});
	}

	private List<String> calls() throws IOException {
		Path log = this.folder.resolve("calls");
		return Files.exists(log) ? Files.readAllLines(log).stream().map(String::strip).toList() : List.of();
	}

	private ComposeCommand engine(String running) throws IOException {
		Path script = this.folder.resolve("engine");
		Files.writeString(script, """
				case "$1 $2" in
					"ps --services") printf '%%s\\n' %s ;;
					"ps -q") echo 0123 ;;
					inspect*) echo "0 " ;;
					port*) echo 127.0.0.1:%d ;;
					logs*) echo a word ;;
					fail*) echo no such thing >&2; exit 7 ;;
					*) echo "$* $LANE_ARGUMENTS" >>calls ;;
				esac
				""".formatted(running, this.server.getAddress().getPort()));
		Path inspect = this.folder.resolve("docker");
		Files.writeString(inspect, "#!/bin/sh\necho '0 '\n");
		assertThat(inspect.toFile().setExecutable(true)).isTrue();
		return new ComposeCommand(List.of("sh", script.toString()), inspect.toString(), this.folder);
	}

	private static List<PlannedCell> cells(String experiment) {
		return new RunPlan(List.of(Catalogue.experiment(experiment)), Profile.SMOKE, List.of(Lane.values()), List.of(),
				Settings.ALIGNED, 1, Map.of(), Cores.SHARED, 1, new Place.Compose(2))
			.cells();
	}

}
