package dev.threelanes.gatling;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Share;
import dev.threelanes.experiments.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs simulations that share a load in processes of their own, as every user of them
 * does.
 */
@Timeout(180)
class SharedLoadTests {

	private static final int INJECTORS = 2;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	@Test
	void injectorsBeginEveryStepTogetherAndTakeTheirTurnsOfTheMix() throws Exception {
		Experiment experiment = Catalogue.experiment("blocked-loop");
		Schedule schedule = experiment.schedule(Profile.SMOKE, experiment.parameters(Profile.SMOKE, Map.of()));
		try (DelayingServer server = new DelayingServer(Long.MAX_VALUE / 2)) {
			List<Process> processes = start(server);
			for (int injector = 0; injector < INJECTORS; injector++) {
				assertThat(ended(processes.get(injector))).as(output(injector)).isZero();
			}
		}
		RecordFolder first = record(0);
		RecordFolder second = record(1);
		long lastAnswer = 0;
		for (List<Step> together : schedule.together()) {
			List<Map<String, String>> rows = new ArrayList<>();
			for (Step step : together) {
				// One of them may have no user of a part.
				assertThat(started(first, step)).as(step.name())
					.isEqualTo(new Share(INJECTORS, 0).recorded(step).length);
				assertThat(started(second, step)).as(step.name())
					.isEqualTo(new Share(INJECTORS, 1).recorded(step).length);
				assertThat(started(first, step) + started(second, step)).as(step.name())
					.isEqualTo(Share.WHOLE.recorded(step).length);
				rows.addAll(rows(first, step));
				rows.addAll(rows(second, step));
			}
			assertThat(rows).allSatisfy((row) -> assertThat(row).containsEntry("failed", "0"));
			assertThat(rows).extracting((row) -> row.get("startedAtEpochMillis"))
				.hasSizeGreaterThan(1)
				.containsOnly(rows.getFirst().get("startedAtEpochMillis"));
			assertThat(RecordFolder.number(rows.getFirst(), "startedAtEpochMillis"))
				.as("neither begins before all answers to the other have come")
				.isGreaterThanOrEqualTo(lastAnswer);
			lastAnswer = rows.stream()
				.mapToLong((row) -> RecordFolder.number(row, "lastAnswerEpochMillis"))
				.max()
				.orElseThrow();
		}
		assertThat(second.rows("injector.csv")).singleElement()
			.satisfies((row) -> assertThat(row).containsEntry("injectors", "2")
				.containsEntry("injector", "1")
				.containsEntry("processors", Integer.toString(Runtime.getRuntime().availableProcessors())));
	}

	@Test
	void whenOneInjectorDiesTheOtherEndsAndSaysWhy() throws Exception {
		try (DelayingServer server = new DelayingServer(Long.MAX_VALUE / 2)) {
			List<Process> processes = start(server);
			await().atMost(60, TimeUnit.SECONDS).until(() -> server.requests() > 0);
			processes.get(1).destroyForcibly();
			assertThat(ended(processes.get(0))).as(output(0)).isEqualTo(1);
		}
		assertThat(output(0)).contains("Simulation stopped: injector 0 of 2 waits in vain: injector 1 of 2 has gone")
			.doesNotContain("Exception");
		assertThat(record(0).path().resolve("steps.csv")).doesNotExist();
	}

	@Test
	void usersComeInTheSecondInWhichTheyAreDueAndNoneIsLost() {
		assertThat(SharedLoad.bySecond(new double[] { 0, 0.5, 2.1, 2.2, 2.999 })).hasSize(3);
		assertThat(SharedLoad.bySecond(new double[] { 0, 0, 0 })).hasSize(1);
	}

	private static List<Map<String, String>> rows(RecordFolder record, Step step) throws IOException {
		return record.rows("steps.csv").stream().filter((row) -> step.name().equals(row.get("step"))).toList();
	}

	private static long started(RecordFolder record, Step step) throws IOException {
		return rows(record, step).stream().mapToLong((row) -> RecordFolder.number(row, "started")).sum();
	}

	private List<Process> start(DelayingServer server) throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		List<Process> processes = new ArrayList<>();
		for (int injector = 0; injector < INJECTORS; injector++) {
			List<String> command = List.of(System.getProperty("java.home") + "/bin/java", "-Xmx512m",
					"--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
					"--sun-misc-unsafe-memory-access=allow", "-Dexperiment=blocked-loop", "-Dprofile=smoke",
					"-DbaseUrl=" + server.url(), "-Dinjectors=" + INJECTORS, "-Dinjector=" + injector,
					"-Dbarrier=127.0.0.1:" + port, "-Drecord.dir=" + record(injector).path(), "-cp",
					System.getProperty("java.class.path"), "io.gatling.app.Gatling", "-s",
					MixedTrafficSimulation.class.getName(), "-rf",
					this.folder.resolve("gatling-" + injector).toString());
			processes.add(new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(this.folder.resolve("output-" + injector).toFile())
				.start());
		}
		return processes;
	}

	private RecordFolder record(int injector) {
		return new RecordFolder(this.folder.resolve("record-" + injector));
	}

	private String output(int injector) throws IOException {
		return Files.readString(this.folder.resolve("output-" + injector));
	}

	private static int ended(Process process) throws InterruptedException {
		try {
			assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
			return process.exitValue();
		}
		finally {
			process.destroyForcibly();
		}
	}

}
