package dev.threelanes.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.results.ColdStartResult;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.PredictionResult.Check;
import dev.threelanes.report.results.Results;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.results.Verdict;
import dev.threelanes.report.simulation.SimulatedCell;
import dev.threelanes.report.simulation.SimulatedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What a report says of each kind of load, from simulated queues.
 */
class KindsOfLoadTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

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
	void thePriceOfARequestIsTheAnswerWhereItIsAskedFor() throws Exception {
		SimulatedRun run = new SimulatedRun(this.folder);
		run.add(SimulatedCell.of("cost", Lane.MVC, 1));
		run.add(SimulatedCell.of("cost", Lane.LOOM, 1).fail("wrong-answer", 1000));
		assertThat(Report.write(run.write()).experiments().getFirst().answer())
			.isEqualTo("At 1,000 requests a second each took a CPU time of 1.25 ms on MVC. "
					+ "In multiples of the generator's, of which the machine's speed is no part, that is 6.25 on MVC. "
					+ "There is no valid figure of Loom at this load.");
	}

	@Test
	void ofCpuTimeInMultiplesOfTheGeneratorsTheMachinesSpeedIsNoPart() throws Exception {
		SimulatedRun run = new SimulatedRun(this.folder);
		for (int fork = 1; fork <= 3; fork++) {
			run.add(SimulatedCell.of("cost", Lane.MVC, fork));
			run.add(SimulatedCell.of("cost", Lane.LOOM, fork).slowness(1.2));
		}
		ExperimentResult cost = Report.write(run.write()).experiments().getFirst();
		assertThat(cost.lanes())
			.allSatisfy((lane) -> assertThat(Objects.requireNonNull(lane.steps().getLast().relativeCpu())).isCloseTo(
					SimulatedCell.CPU_MS_PER_REQUEST / SimulatedCell.GENERATOR_CPU_MS_PER_REQUEST, within(0.02)));
		assertThat(cost.ratios()).filteredOn("figure", "cpuMsPerRequest")
			.singleElement()
			.satisfies((ratio) -> assertThat(ratio.ratio()).isCloseTo(1.2, within(0.02)));
		assertThat(cost.ratios()).filteredOn("figure", "relativeCpu")
			.singleElement()
			.satisfies((ratio) -> assertThat(ratio.ratio()).isCloseTo(1, within(0.02)));
		assertThat(this.folder.resolve("index.html")).content().contains("CPU, times the generator's");
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
		assertThat(experiment.answer())
			.isEqualTo("MVC held 200 of 400 requests at once and failed none, each for a heap of "
					+ "20.0 KiB; WebFlux and Loom held 10,000 requests at once and failed none, each for a heap of "
					+ "20.0 KiB on WebFlux and 20.0 KiB on Loom.");
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

}
