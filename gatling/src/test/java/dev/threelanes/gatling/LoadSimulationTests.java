package dev.threelanes.gatling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Step;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the simulation in a process of its own, as every user of it does.
 */
@Timeout(180)
class LoadSimulationTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	@Test
	void recordsEveryRequestOfEveryStep() throws Exception {
		Experiment experiment = Catalogue.experiment("slow-call");
		Schedule schedule = experiment.schedule(Profile.SMOKE, experiment.parameters(Profile.SMOKE, Map.of()));
		Path record = this.folder.resolve("record");
		try (DelayingServer server = new DelayingServer(schedule.warmUp().stream().mapToLong(Step.Open::users).sum())) {
			Process process = start(RisingLoadSimulation.class, "-Dprofile=smoke", "-DbaseUrl=" + server.url(),
					"-Drecord.dir=" + record);
			assertThat(ended(process)).as(() -> output()).isZero();
		}
		assertThat(output()).contains("Record written to " + record).doesNotContain("DEBUG", "Enterprise Cloud");
		assertGatlingReportExists();
		RecordFolder written = new RecordFolder(record);
		List<Step> steps = schedule.all();
		Map<String, Histogram> latencies = written.histograms("latency.hlog");
		assertThat(written.rows("steps.csv")).hasSameSizeAs(steps);
		long lastAnswer = 0;
		for (Step step : steps) {
			Map<String, String> row = written.step(step.name());
			long started = RecordFolder.number(row, "started");
			long answered = RecordFolder.number(row, "answered");
			assertThat(started).as(step.name()).isEqualTo(((Step.Open) step).users());
			assertThat(answered + RecordFolder.number(row, "failed")).as(step.name()).isEqualTo(started);
			assertThat(latencies).hasEntrySatisfying(step.name().replace(' ', '_'), (latency) -> {
				assertThat(latency.getTotalCount()).as(step.name()).isEqualTo(answered).isPositive();
				assertThat(latency.getMinValue()).isGreaterThanOrEqualTo(DelayingServer.DELAY_MS * 1000);
			});
			assertThat(RecordFolder.number(row, "startedAtEpochMillis")).as("a step waits for the one before")
				.isGreaterThanOrEqualTo(lastAnswer + Schedule.PAUSE.toMillis());
			lastAnswer = RecordFolder.number(row, "lastAnswerEpochMillis");
		}
		assertThat(written.histograms("failures.hlog").keySet()).containsExactlyInAnyOrder("0.25_x_T/D.status-503",
				"0.25_x_T/D.wrong-answer", "0.25_x_T/D.no-answer");
	}

	@Test
	void fewUsersOfNoWholeNumberASecondArriveWhenTheyAreDue() throws Exception {
		Path record = this.folder.resolve("record");
		try (DelayingServer server = new DelayingServer(Long.MAX_VALUE / 2)) {
			// 0.1 x T/D = 2.5 users a second.
			Process process = start(RisingLoadSimulation.class, "-Dexperiment=low-load", "-Dprofile=smoke",
					"-Dthreads=5", "-DdelayMs=200", "-DbaseUrl=" + server.url(), "-Drecord.dir=" + record);
			assertThat(ended(process)).as(() -> output()).isZero();
		}
		RecordFolder written = new RecordFolder(record);
		assertThat(RecordFolder.number(written.step("0.10 x T/D"), "started")).isEqualTo(23);
		Histogram lag = Objects.requireNonNull(written.histograms("start-lag.hlog").get("0.10_x_T/D"));
		assertThat(lag.getCountBetweenValues(0, 50_000)).as("on time, of 23").isGreaterThanOrEqualTo(22);
	}

	@Test
	void aBurstArrivesAtOnceAndIsWaitedFor() throws Exception {
		Path record = this.folder.resolve("record");
		try (DelayingServer server = new DelayingServer(Long.MAX_VALUE / 2)) {
			Process process = start(BurstSimulation.class, "-Dexperiment=workers", "-Dprofile=smoke",
					"-DbaseUrl=" + server.url(), "-Drecord.dir=" + record);
			assertThat(ended(process)).as(() -> output()).isZero();
		}
		RecordFolder written = new RecordFolder(record);
		Map<String, String> burst = written.step("5 at once");
		assertThat(RecordFolder.number(burst, "answered")).isEqualTo(5);
		assertThat(
				RecordFolder.number(burst, "lastStartEpochMillis") - RecordFolder.number(burst, "startedAtEpochMillis"))
			.isLessThan(DelayingServer.DELAY_MS);
		assertThat(RecordFolder.number(burst, "lastAnswerEpochMillis"))
			.isGreaterThanOrEqualTo(RecordFolder.number(burst, "startedAtEpochMillis") + DelayingServer.DELAY_MS);
		assertThat(written.histograms("start-lag.hlog").get("5_at_once")).extracting(Histogram::getTotalCount)
			.isEqualTo(5L);
	}

	@Test
	void heldRequestsArriveEvenlyOverHalfOfTheDelay() throws Exception {
		Path record = this.folder.resolve("record");
		try (DelayingServer server = new DelayingServer(Long.MAX_VALUE / 2)) {
			Process process = start(HeldLoadSimulation.class, "-Dexperiment=c10k", "-Dprofile=smoke",
					"-DdelayMs=" + DelayingServer.DELAY_MS, "-Drequests=60", "-DbaseUrl=" + server.url(),
					"-Drecord.dir=" + record);
			assertThat(ended(process)).as(() -> output()).isZero();
		}
		RecordFolder written = new RecordFolder(record);
		Map<String, String> held = written.step("60 held");
		assertThat(RecordFolder.number(held, "answered")).isEqualTo(60);
		assertThat(RecordFolder.number(written.step("1 held"), "answered")).isEqualTo(1);
		long ramp = RecordFolder.number(held, "lastStartEpochMillis")
				- RecordFolder.number(held, "startedAtEpochMillis");
		assertThat(ramp).isGreaterThanOrEqualTo(DelayingServer.DELAY_MS / 3);
		assertThat(written.histograms("start-lag.hlog").get("60_held")).extracting(Histogram::getTotalCount)
			.isEqualTo(60L);
	}

	@Test
	void recordsWhoWasWokenByWhom() throws Exception {
		Path record = this.folder.resolve("record");
		try (EventsServer server = new EventsServer()) {
			Process process = start(WakeUpSimulation.class, "-Dexperiment=wake-up", "-Dprofile=smoke", "-Drequests=50",
					"-DbaseUrl=" + server.url(), "-Drecord.dir=" + record);
			assertThat(ended(process)).as(() -> output()).isZero();
		}
		RecordFolder written = new RecordFolder(record);
		assertThat(written.step("50 waiting")).containsEntry("answered", "50").containsEntry("failed", "0");
		List<Map<String, String>> wakeUps = written.rows("wake-ups.csv");
		assertThat(wakeUps).extracting((row) -> row.get("step"))
			.containsExactly("10 waiting", "10 waiting", "10 waiting", "50 waiting", "50 waiting", "50 waiting");
		assertThat(wakeUps).extracting((row) -> row.get("received")).containsExactly("2", "8", "0", "2", "48", "0");
		// The server of this test counts one too many.
		assertThat(wakeUps).extracting((row) -> row.get("counted")).containsExactly("3", "9", "1", "3", "49", "1");
		assertThat(RecordFolder.number(wakeUps.get(4), "lastMicros")).isPositive();
		assertThat(RecordFolder.number(wakeUps.get(4), "sentAtEpochMillis")
				- RecordFolder.number(wakeUps.get(3), "sentAtEpochMillis"))
			.isGreaterThanOrEqualTo(Step.Waiting.BETWEEN.toMillis());
	}

	@Test
	void usersOfAClosedLoadAskAgainWhenAnswered() throws Exception {
		Path record = this.folder.resolve("record");
		try (DelayingServer server = new DelayingServer(Long.MAX_VALUE / 2)) {
			Process process = start(ClosedLoadSimulation.class, "-Dexperiment=cpu-bound", "-Dprofile=smoke",
					"-Dpath=/api/call?delayMs=50", "-DbaseUrl=" + server.url(), "-Drecord.dir=" + record);
			assertThat(ended(process)).as(() -> output()).isZero();
		}
		RecordFolder written = new RecordFolder(record);
		double seconds = Profile.SMOKE.step().toSeconds();
		long alone = RecordFolder.number(written.step("1 users"), "answered");
		long together = RecordFolder.number(written.step("8 users"), "answered");
		// Each user asks at most every 50 ms, and begins nothing after the step's end.
		assertThat(alone).isBetween(10L, (long) (seconds * 1000 / DelayingServer.DELAY_MS) + 1);
		assertThat(together).isGreaterThan(4 * alone);
		assertThat(written.step("8 users")).containsEntry("failed", "0");
	}

	@Test
	void usersOfMixedTrafficTakeTurnsAndAreRecordedApart() throws Exception {
		Experiment experiment = Catalogue.experiment("blocked-loop");
		Schedule schedule = experiment.schedule(Profile.SMOKE, experiment.parameters(Profile.SMOKE, Map.of()));
		Path record = this.folder.resolve("record");
		try (DelayingServer server = new DelayingServer(Long.MAX_VALUE / 2)) {
			Process process = start(MixedTrafficSimulation.class, "-Dexperiment=blocked-loop", "-Dprofile=smoke",
					"-DbaseUrl=" + server.url(), "-Drecord.dir=" + record);
			assertThat(ended(process)).as(() -> output()).isZero();
		}
		RecordFolder written = new RecordFolder(record);
		Map<String, Histogram> latencies = written.histograms("latency.hlog");
		for (Step step : schedule.steps()) {
			Step.Part part = (Step.Part) step;
			Map<String, String> row = written.step(step.name());
			assertThat(RecordFolder.number(row, "started")).as(step.name()).isEqualTo(part.users());
			assertThat(RecordFolder.number(row, "answered")).as(step.name()).isEqualTo(part.users());
			Histogram latency = Objects.requireNonNull(latencies.get(step.name().replace(' ', '_')));
			assertThat(latency.getTotalCount()).as(step.name()).isEqualTo(part.users());
			// A busy machine may hold up a bystander for as long, too.
			if (part.first() == 0) {
				assertThat(latency.getMinValue()).as(step.name())
					.isGreaterThanOrEqualTo(DelayingServer.DELAY_MS * 1000);
			}
		}
		for (List<Step> together : schedule.together()) {
			long first = RecordFolder.number(written.step(together.getFirst().name()), "startedAtEpochMillis");
			long last = RecordFolder.number(written.step(together.getLast().name()), "startedAtEpochMillis");
			assertThat(Math.abs(last - first)).as("parts begin together").isLessThan(1000L);
		}
		assertGatlingReportExists();
	}

	@Test
	void whenNobodyListensCountsEveryRequestAsUnanswered() throws Exception {
		Path record = this.folder.resolve("record");
		Process process = start(RisingLoadSimulation.class, "-Dexperiment=low-load", "-Dprofile=smoke",
				"-DbaseUrl=http://127.0.0.1:1", "-Drecord.dir=" + record);
		assertThat(ended(process)).as(() -> output()).isZero();
		RecordFolder written = new RecordFolder(record);
		for (Map<String, String> row : written.rows("steps.csv")) {
			assertThat(row).containsEntry("answered", "0");
			assertThat(row.get("failed")).isEqualTo(row.get("started"));
		}
		assertThat(written.histograms("failures.hlog").keySet()).containsExactly("warm-up.no-answer",
				"settle.no-answer", "0.10_x_T/D.no-answer");
	}

	@Test
	void whenAPropertyIsBadSaysSoInOneLine() throws Exception {
		Process process = start(RisingLoadSimulation.class, "-Dprofile=quik");
		assertThat(ended(process)).isEqualTo(1);
		assertThat(output()).contains("Simulation not started: There is no profile 'quik'").doesNotContain("Exception");
	}

	private Process start(Class<? extends LoadSimulation> simulation, String... properties) throws IOException {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx512m",
				"--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
				"--sun-misc-unsafe-memory-access=allow"));
		command.addAll(List.of(properties));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.gatling.app.Gatling", "-s",
				simulation.getName(), "-rf", this.folder.resolve("gatling").toString()));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("output").toFile())
			.start();
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

	private String output() {
		try {
			return Files.readString(this.folder.resolve("output"));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private void assertGatlingReportExists() throws IOException {
		try (Stream<Path> reports = Files.list(this.folder.resolve("gatling"))) {
			assertThat(reports).singleElement()
				.satisfies((report) -> assertThat(report.resolve("index.html")).isNotEmptyFile());
		}
	}

}
