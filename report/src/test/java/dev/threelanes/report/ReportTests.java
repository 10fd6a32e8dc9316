package dev.threelanes.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.cell.BrokenFileException;
import dev.threelanes.report.cell.Json;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.results.ColdStartResult;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.PredictionResult;
import dev.threelanes.report.results.PredictionResult.Check;
import dev.threelanes.report.results.Results;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.results.Verdict;
import dev.threelanes.report.simulation.SimulatedCell;
import dev.threelanes.report.simulation.SimulatedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

class ReportTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void withOneForkSaysWhatWasFoundAndThatItIsNotConclusive() throws Exception {
		Results results = Report.write(SimulatedRun.healthy(this.folder, "slow-call", 1).write());
		ExperimentResult experiment = results.experiments().getFirst();
		assertThat(results.valid()).isTrue();
		assertThat(experiment.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
		assertThat(experiment.answer()).isEqualTo("Offered 800 requests a second, MVC levelled off at 398 correct "
				+ "answers a second (398 predicted), while WebFlux (800) and Loom (800) kept up.");
		assertThat(experiment.finding()).isEqualTo("All 20 measured values lie in their predicted bands; with fewer "
				+ "than three forks nothing is confirmed or refuted.");
		LaneResult mvc = experiment.lanes().getFirst();
		assertThat(mvc.sloCapacityRps()).isEqualTo(400);
		assertThat(mvc.sloCapacityAtLeast()).isFalse();
		assertThat(experiment.lanes().getLast().sloCapacityAtLeast()).isTrue();
		assertThat(experiment.lanes()).extracting(LaneResult::lane).containsExactly("mvc", "webflux", "loom");
	}

	@Test
	void whoBlocksALoopHoldsUpBystandersAndNobodyElseDoes() throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder, "blocked-loop", 3);
		Results results = Report.write(run.write());
		ExperimentResult experiment = results.experiments().getFirst();
		assertThat(results.valid()).as(results.rules().toString()).isTrue();
		assertThat(experiment.verdict()).as(experiment.finding()).isEqualTo(Verdict.CONFIRMED);
		assertThat(experiment.answer())
			.matches("In step 'hello beside handler at 1.50 x L/D' nine of ten answers came within "
					+ "0\\.1 ms on MVC, [\\d,]{5,}\\.\\d ms on WebFlux and 0\\.1 ms on Loom\\.");
		LaneResult webflux = experiment.lanes().get(1);
		assertThat(webflux.sloCapacityRps()).isNull();
		assertThat(webflux.overheadMs()).isBetween(2.0, 4.0);
		StepResult blockers = step(webflux, "handler at 1.50 x L/D");
		assertThat(blockers.goodputRps()).isEqualTo(39, within(1.0));
		assertThat(blockers.predictedRps()).as("there is only a limit").isNull();
		assertThat(experiment.prediction().getFirst().checks()).singleElement().satisfies((check) -> {
			assertThat(check.step()).isEqualTo("handler at 1.50 x L/D");
			assertThat(check.limit()).isEqualTo("at most");
			assertThat(check.predicted()).isEqualTo(39, within(0.5));
		});
		assertThat(blockers.waitGrowth()).isEqualTo(0.53, within(0.03));
		assertThat(blockers.cpuMsPerRequest()).as("two kinds of requests share it").isNull();
		assertThat(step(webflux, "hello beside worker at 1.50 x L/D").latencyMs())
			.satisfies((latency) -> assertThat(Objects.requireNonNull(latency).p99()).isLessThan(2));
		Path page = this.folder.resolve("index.html");
		assertThat(page).content()
			.contains("Latency of each request beside the others", "≥ 100", "≤ 50")
			.doesNotContain("Goodput against offered load");
	}

	@Test
	void onePartThatCannotBeTrustedTakesTheWholeMixWithIt() throws Exception {
		SimulatedRun run = new SimulatedRun(this.folder);
		run.add(SimulatedCell.of("blocked-loop", Lane.MVC, 1).fail("wrong-answer", "worker at 0.50 x L/D", 1));
		LaneResult mvc = Report.write(run.write()).experiments().getFirst().lanes().getFirst();
		assertThat(mvc.steps()).filteredOn((step) -> !step.valid())
			.extracting(StepResult::name)
			.containsExactly("worker at 0.50 x L/D", "hello beside worker at 0.50 x L/D");
	}

	@Test
	void aPoolTakesABurstInWavesAndTheOthersAtOnce() throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder, "workers", 3);
		ExperimentResult experiment = Report.write(run.write()).experiments().getFirst();
		assertThat(experiment.verdict()).as(experiment.finding()).isEqualTo(Verdict.CONFIRMED);
		assertThat(experiment.answer()).isEqualTo("The last of 5 requests that arrived at once was answered after "
				+ "2.00 s on MVC (2.00 predicted), 1.00 s on WebFlux (1.00 predicted) and 1.00 s on Loom (1.00 predicted).");
		StepResult burst = experiment.lanes().getFirst().steps().getLast();
		assertThat(burst.users()).isEqualTo(5);
		assertThat(burst.offeredRps()).isNull();
		assertThat(burst.goodputRps()).isNull();
		assertThat(experiment.lanes().getFirst().sloCapacityRps()).isNull();
		assertThat(experiment.prediction().getLast().checks()).filteredOn((check) -> check.step().equals("5 at once"))
			.extracting(Check::measured)
			.containsExactly(4.0, 5.0, 5.0);
	}

	@Test
	void whatIsHeldIsCountedAndHasItsPrice() throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder, "c10k", 3);
		ExperimentResult experiment = Report.write(run.write()).experiments().getFirst();
		assertThat(experiment.verdict()).as(experiment.finding()).isEqualTo(Verdict.CONFIRMED);
		assertThat(experiment.answer()).isEqualTo("MVC held 400 requests at once and failed none, for 20.0 KiB of heap "
				+ "each; WebFlux held 10,000 requests at once and failed none, for 20.0 KiB of heap each; Loom held "
				+ "10,000 requests at once and failed none, for 20.0 KiB of heap each.");
		StepResult held = experiment.lanes().getLast().steps().getLast();
		assertThat(held.goodputRps()).isNull();
		assertThat(Objects.requireNonNull(held.held()).heapBytesPerRequest())
			.isEqualTo(SimulatedCell.HEAP_BYTES_PER_REQUEST);
		assertThat(experiment.lanes().getLast().steps().getFirst().held()).isNull();
		assertThat(experiment.prediction().get(1).checks()).extracting(Check::measured)
			.containsExactly(200.0, 10_000.0, 10_000.0);
		assertThat(Files.readString(this.folder.resolve("index.html"))).contains("Memory of a held request")
			.doesNotContain("for a process may open");
	}

	@Test
	void aRequestThatFailsAmongTenThousandRefutes() throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder, "c10k", 3);
		for (int fork = 1; fork <= 3; fork++) {
			run.add(SimulatedCell.of("c10k", Lane.LOOM, fork).failPastTheCap("no-answer", 1));
		}
		ExperimentResult experiment = Report.write(run.write()).experiments().getFirst();
		assertThat(experiment.lanes().getLast().verdict()).isEqualTo(Verdict.REFUTED);
		assertThat(experiment.lanes().get(1).verdict()).isEqualTo(Verdict.CONFIRMED);
	}

	@Test
	void twoAreWokenAndThenAllOthers() throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder, "wake-up", 3);
		ExperimentResult experiment = Report.write(run.write()).experiments().getFirst();
		assertThat(experiment.verdict()).as(experiment.finding()).isEqualTo(Verdict.CONFIRMED);
		assertThat(experiment.answer()).startsWith(
				"Of 199 who waited MVC woke 2 by wake=2 and 197 by wake=all, the last of them after 30 ms; of 10,000");
		assertThat(experiment.lanes().getFirst().overheadMs()).isNull();
		StepResult waiting = experiment.lanes().getLast().steps().getLast();
		assertThat(waiting.latencyMs()).isNull();
		assertThat(Objects.requireNonNull(waiting.wakeUps()).thenMs()).isEqualTo(30);
		assertThat(Objects.requireNonNull(waiting.held()).heapBytesPerRequest())
			.isEqualTo(SimulatedCell.HEAP_BYTES_PER_REQUEST);
		assertThat(Files.readString(this.folder.resolve("index.html"))).contains("Who was woken of those who waited",
				"Time to wake everyone by callers who wait");
	}

	@Test
	void aRecordOfWakeUpsCannotBeTakenAway() throws Exception {
		Path run = SimulatedRun.healthy(this.folder, "wake-up", 1).write();
		Files.delete(run.resolve("cells/wake-up/loom/1/wake-ups.csv"));
		assertThat(Report.write(run).experiments().getFirst().lanes().getLast().reasons())
			.containsExactly("fork 1, wake-ups.csv: it is missing");
	}

	@Test
	void aLaneThatStartsColdTellsWhenItIsSteady() throws Exception {
		ExperimentResult experiment = Report.write(SimulatedRun.healthy(this.folder, "warm-up", 1).write())
			.experiments()
			.getFirst();
		assertThat(experiment.lanes()).hasSize(3).allSatisfy((lane) -> {
			ColdStartResult start = Objects.requireNonNull(lane.coldStart());
			assertThat(start.startUpMs()).isEqualTo(1500);
			assertThat(start.throughputMs()).isZero();
			assertThat(start.latencyMs()).isZero();
		});
		assertThat(experiment.answer()).startsWith("MVC was ready after 1.50 s, and after 0.00 s more");
		assertThat(Files.readString(this.folder.resolve("index.html"))).contains("From cold to steady");
	}

	@Test
	void onlyPinnedThreadsWaitForACarrier() throws Exception {
		SimulatedRun run = new SimulatedRun(this.folder);
		for (int fork = 1; fork <= 3; fork++) {
			run.add(SimulatedCell.of("pinning", Lane.MVC, fork))
				.add(SimulatedCell.of("pinning", Lane.LOOM, fork))
				.add(SimulatedCell.of("pinning", "loom-native", Lane.LOOM, fork));
		}
		Path written = run.leftOut("pinning/loom-jdk21", "there is no JDK 21 on this machine").write();
		ExperimentResult experiment = Report.write(written).experiments().getFirst();
		assertThat(experiment.verdict()).as(experiment.finding()).isEqualTo(Verdict.CONFIRMED);
		assertThat(experiment.answer())
			.contains("0.50 s on Loom (0.50 predicted) and 5.03 s on Loom, called by native code (5.03 predicted)");
		assertThat(experiment.leftOut())
			.containsExactly(Map.entry("Loom on JDK 21", "there is no JDK 21 on this machine"));
		assertThat(Files.readString(this.folder.resolve("index.html")))
			.contains("Not run on this machine: Loom on JDK 21 (there is no JDK 21 on this machine).");
	}

	@Test
	void callsThatFollowEachOtherAddUp() throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder, "fan-out", 3);
		ExperimentResult experiment = Report.write(run.write()).experiments().getFirst();
		assertThat(experiment.verdict()).as(experiment.finding()).isEqualTo(Verdict.CONFIRMED);
		assertThat(experiment.prediction().getFirst().checks()).extracting(Check::step)
			.contains("chain of 10", "fan-out of 10")
			.doesNotContain("1 call");
	}

	@Test
	void aLimitOfEveryLaneCapsEveryLane() throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder, "permits", 3);
		ExperimentResult experiment = Report.write(run.write()).experiments().getFirst();
		// Simulated waves of answers beat against simulated samples of CPU time, so that
		// some step or other has a trend.
		List<Check> valid = experiment.prediction()
			.getFirst()
			.checks()
			.stream()
			.filter((check) -> check.verdict() != Verdict.INVALID)
			.toList();
		assertThat(valid).extracting(Check::verdict).containsOnly(Verdict.CONFIRMED);
		assertThat(valid).filteredOn((check) -> Double.valueOf(150).equals(offered(check)))
			.isNotEmpty()
			.allSatisfy((check) -> assertThat(check.predicted()).isBetween(97.0, 100.0));
		assertThat(experiment.lanes()).extracting(LaneResult::capRps).containsOnly(100.0);
	}

	private static StepResult step(LaneResult lane, String name) {
		return lane.steps().stream().filter((step) -> step.name().equals(name)).findFirst().orElseThrow();
	}

	private static double offered(Check check) {
		return 100 * Double.parseDouble(check.step().split(" ")[0]);
	}

	@Test
	void contendersWithLimitsOfTheirOwnHaveLoadsOfTheirOwn() throws Exception {
		SimulatedRun run = new SimulatedRun(this.folder);
		for (int fork = 1; fork <= 3; fork++) {
			run.add(SimulatedCell.of("thread-sweep", "mvc-4", Lane.MVC, fork));
			run.add(SimulatedCell.of("thread-sweep", "mvc-200", Lane.MVC, fork));
		}
		ExperimentResult experiment = Report.write(run.write()).experiments().getFirst();
		assertThat(experiment.verdict()).as(experiment.finding()).isEqualTo(Verdict.CONFIRMED);
		assertThat(experiment.answer()).isEqualTo("In step '1.50 x T/D' there were 2.0 correct answers to 3 requests a "
				+ "second on MVC, T = 4 (2.0 predicted) and 99.9 correct answers to 150 requests a second on MVC, T = 200 "
				+ "(99.9 predicted).");
		assertThat(experiment.lanes()).extracting(LaneResult::capRps).containsExactly(2.0, 100.0);
	}

	@Test
	void withThreeForksConfirmsWhatHolds() throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder, "slow-call", 3);
		for (Lane lane : Lane.values()) {
			for (int fork = 1; fork <= 3; fork++) {
				run.add(SimulatedCell.of("low-load", lane, fork));
			}
		}
		Results results = Report.write(run.write());
		assertThat(results.experiments()).extracting(ExperimentResult::id).containsExactly("slow-call", "low-load");
		assertThat(results.experiments()).extracting(ExperimentResult::verdict).containsOnly(Verdict.CONFIRMED);
		assertThat(results.experiments().getLast().answer())
			.isEqualTo("At 40 requests a second the median answer took 502.3 ms on MVC, 502.5 ms on WebFlux and "
					+ "503.0 ms on Loom: 0.8 ms apart.");
		StepResult step = results.experiments().getFirst().lanes().getFirst().steps().getLast();
		assertThat(Objects.requireNonNull(step.ranges()).get("goodputRps")).hasSize(2);
	}

	@Test
	void withThreeForksRefutesWhatDoesNotHold() throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder, "low-load", 3);
		for (int fork = 1; fork <= 3; fork++) {
			run.add(SimulatedCell.of("low-load", Lane.LOOM, fork).overheadMs(40));
		}
		ExperimentResult experiment = Report.write(run.write()).experiments().getFirst();
		assertThat(experiment.verdict()).isEqualTo(Verdict.REFUTED);
		assertThat(experiment.finding()).contains("outside: mvc and loom at 0.10 x T/D, webflux and loom");
	}

	@Test
	void anInvalidStepHasReasonsInsteadOfFigures() throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder, "slow-call", 1)
			.add(SimulatedCell.of("slow-call", Lane.LOOM, 1).startLagMs(70));
		Results results = Report.write(run.write());
		assertThat(results.valid()).isFalse();
		ExperimentResult experiment = results.experiments().getFirst();
		assertThat(experiment.verdict()).isEqualTo(Verdict.INVALID);
		LaneResult loom = experiment.lanes().getLast();
		assertThat(loom.verdict()).isEqualTo(Verdict.INVALID);
		assertThat(loom.sloCapacityRps()).isNull();
		assertThat(experiment.answer()).endsWith("There is no valid figure of Loom at this load.");
		JsonNode step = Json.parse(Files.readString(this.folder.resolve("results.json")))
			.path("experiments")
			.path(0)
			.path("lanes")
			.path(2)
			.path("steps")
			.path(0);
		assertThat(step.path("valid").asBoolean()).isFalse();
		assertThat(step.path("reasons").path(0).asString()).startsWith("1 % of the requests started 70 ms late");
		assertThat(step.has("goodputRps")).isFalse();
		assertThat(step.has("latencyMs")).isFalse();
		assertThat(Files.readString(this.folder.resolve("index.html")))
			.contains("Loom at every step: 1 % of the requests started 70 ms late");
	}

	@Test
	void aFailedRequestIsAnErrorAndNoFastAnswer() throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder, "slow-call", 1)
			.add(SimulatedCell.of("slow-call", Lane.MVC, 1).failPastTheCap("status-503", 300));
		LaneResult mvc = Report.write(run.write()).experiments().getFirst().lanes().getFirst();
		StepResult last = mvc.steps().getLast();
		assertThat(last.valid()).isTrue();
		assertThat(last.errors()).containsExactly(Map.entry("status-503", 300L));
		// The simulated failures took a millisecond, and the fastest answer 502.
		assertThat(Objects.requireNonNull(Objects.requireNonNull(last.latencyMs()).p50())).isGreaterThan(502);
		assertThat(Objects.requireNonNull(last.goodputRps())).isCloseTo(398, within(4.0));
	}

	@Test
	void withoutAValidStepBelowTheCapNothingIsPredicted() throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder, "slow-call", 1)
			.add(SimulatedCell.of("slow-call", Lane.MVC, 1).fail("status-503", 20));
		ExperimentResult experiment = Report.write(run.write()).experiments().getFirst();
		LaneResult mvc = experiment.lanes().getFirst();
		assertThat(mvc.overheadMs()).isNull();
		assertThat(mvc.steps().getLast().valid()).isTrue();
		assertThat(mvc.steps().getLast().predictedRps()).isNull();
		assertThat(experiment.prediction().getFirst().checks()).filteredOn((check) -> check.lane().equals("mvc"))
			.extracting(PredictionResult.Check::finding)
			.contains("the step is not valid", "no step below the cap is valid, so that ε is not known");
		assertThat(experiment.verdict()).isEqualTo(Verdict.INVALID);
	}

	@Test
	void aBrokenFileCostsTheLaneAndIsNamed() throws Exception {
		Path run = SimulatedRun.healthy(this.folder, "slow-call", 2).write();
		Path samples = run.resolve("cells/slow-call/webflux/2/samples.csv");
		String text = Files.readString(samples);
		Files.writeString(samples, text.substring(0, text.length() - 5));
		Results results = Report.write(run);
		LaneResult webflux = results.experiments().getFirst().lanes().get(1);
		assertThat(results.valid()).isFalse();
		assertThat(webflux.verdict()).isEqualTo(Verdict.INVALID);
		assertThat(webflux.steps()).isEmpty();
		assertThat(webflux.reasons()).singleElement().asString().startsWith("fork 2, samples.csv: it is truncated");
		assertThat(results.experiments().getFirst().verdict()).isEqualTo(Verdict.INVALID);
	}

	@Test
	void cellsThatWereAskedForDifferentThingsAreNotCompared() throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder, "slow-call", 1);
		Path cell = this.folder.resolve("cells/slow-call/loom/1/cell.json");
		Files.writeString(cell,
				Files.readString(cell).replace("\"aligned\",\n  \"parameters", "\"stock\",\n  \"parameters"));
		assertThat(Report.write(run.write()).experiments().getFirst().lanes().get(0).steps())
			.allSatisfy((step) -> assertThat(step.reasons())
				.contains("It was measured with other settings than slow-call/loom/1: aligned, not stock"));
	}

	@Test
	void aRunThatWasStoppedSaysSo() throws Exception {
		SimulatedRun run = new SimulatedRun(this.folder).add(SimulatedCell.of("slow-call", Lane.MVC, 1))
			.stoppedBefore("slow-call/loom/1");
		Results results = Report.write(run.write());
		assertThat(results.complete()).isFalse();
		assertThat(results.valid()).isTrue();
		assertThat(Files.readString(this.folder.resolve("index.html")))
			.contains("The run is not complete: 1 of 2 cells were measured.");
	}

	@Test
	void withoutAManifestThereIsNoReport() {
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> Report.write(this.folder))
			.withMessage("manifest.json: it is missing");
	}

	@Test
	void theSameFilesGiveTheSameBytesAnywhere() throws Exception {
		Path here = SimulatedRun.healthy(this.folder.resolve("here"), "slow-call", 2).write();
		Path there = this.folder.resolve("there/and/deeper");
		copy(here, there);
		Report.write(here);
		Locale locale = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
			Report.write(there);
		}
		finally {
			Locale.setDefault(locale);
		}
		for (String name : List.of("results.json", "index.html")) {
			assertThat(there.resolve(name)).hasSameBinaryContentAs(here.resolve(name));
			assertThat(Files.readString(here.resolve(name))).doesNotContain(this.folder.toString(), "/srv/someone");
		}
		assertThat(new RunFiles(here).folder()).isDirectoryNotContaining("glob:**.part");
	}

	private static void copy(Path from, Path to) throws Exception {
		try (Stream<Path> tree = Files.walk(from)) {
			for (Path path : tree.toList()) {
				Path target = to.resolve(from.relativize(path).toString());
				if (Files.isDirectory(path)) {
					Files.createDirectories(target);
				}
				else {
					Files.copy(path, target);
				}
			}
		}
	}

}
