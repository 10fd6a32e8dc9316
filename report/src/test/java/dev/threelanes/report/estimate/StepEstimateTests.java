package dev.threelanes.report.estimate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Objective;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.simulation.SimulatedCell;
import dev.threelanes.report.validity.CheckedCell;
import dev.threelanes.report.validity.Reason;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Estimates against the known truth of a simulated queue: T = 200, D = 500 ms, ε = 4 ms,
 * so that X = 396.8 a second.
 */
class StepEstimateTests {

	private static final double OVERHEAD_MS = 4;

	private static final double CAP = 200 / 0.504;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void findsTheOverheadOfTheLowestStep() throws Exception {
		assertThat(estimate(Lane.MVC).overheadMs()).isCloseTo(OVERHEAD_MS, within(0.3));
	}

	@Test
	void whenTheLowestStepIsInvalidTakesTheOverheadFromTheNext() throws Exception {
		LoadedCell cell = cell(Lane.LOOM);
		CheckedCell checked = new CheckedCell(cell,
				List.of(new Reason("any", cell.steps().get(0).step().name(), "why")));
		LaneEstimate estimate = LaneEstimate.of("loom", List.of(checked));
		assertThat(estimate.steps().getFirst().valid()).isFalse();
		assertThat(estimate.overheadMs()).isCloseTo(OVERHEAD_MS, within(0.3));
	}

	@Test
	void goodputIsTheOfferedLoadBelowTheCapAndTheCapPastIt() throws Exception {
		LaneEstimate mvc = estimate(Lane.MVC);
		for (LaneStep step : mvc.steps()) {
			double truth = Math.min(step.step().rps(), CAP);
			assertThat(only(step).goodputRps()).as(step.step().name()).isCloseTo(truth, within(0.01 * truth));
			assertThat(only(step).achievedRps()).isCloseTo(step.step().rps(), within(0.5));
		}
		LaneStep last = estimate(Lane.WEBFLUX).steps().getLast();
		assertThat(only(last).goodputRps()).isCloseTo(800, within(4.0));
	}

	@Test
	void theWaitGrowsOnlyPastTheCap() throws Exception {
		List<LaneStep> steps = estimate(Lane.MVC).steps();
		assertThat(only(steps.get(2)).waitGrowth()).isCloseTo(0, within(0.001));
		assertThat(only(steps.get(4)).waitGrowth()).isCloseTo((600 - CAP) / CAP, within(0.02));
		assertThat(only(steps.get(5)).waitGrowth()).isCloseTo((800 - CAP) / CAP, within(0.02));
		assertThat(only(estimate(Lane.LOOM).steps().get(5)).waitGrowth()).isCloseTo(0, within(0.001));
	}

	@Test
	void findsWhatARequestCosts() throws Exception {
		for (LaneStep step : estimate(Lane.WEBFLUX).steps()) {
			assertThat(only(step).cpuMsPerRequest()).isCloseTo(SimulatedCell.CPU_MS_PER_REQUEST, within(0.02));
			assertThat(step.forks().getFirst().allocatedBytes()).isCloseTo(SimulatedCell.ALLOCATED_BYTES_PER_REQUEST,
					within(1000.0));
			assertThat(only(step).platformThreads()).isEqualTo(24);
			double inFlight = step.step().rps() * 0.504;
			assertThat(only(step).inFlight()).isCloseTo(inFlight, within(2.0));
		}
	}

	@Test
	void aSlowerMachineCostsTheGeneratorAsMuchMore() throws Exception {
		double relative = SimulatedCell.CPU_MS_PER_REQUEST / SimulatedCell.GENERATOR_CPU_MS_PER_REQUEST;
		for (double slowness : List.of(1.0, 1.3)) {
			LoadedCell cell = SimulatedCell.of("control", Lane.MVC, 1)
				.slowness(slowness)
				.load(new RunFiles(this.folder.resolve("slowness-" + slowness)));
			StepEstimate fork = LaneEstimate.of("mvc", List.of(new CheckedCell(cell, List.of())))
				.steps()
				.getFirst()
				.forks()
				.getFirst();
			assertThat(Objects.requireNonNull(fork.cpuMsPerRequest()))
				.isCloseTo(slowness * SimulatedCell.CPU_MS_PER_REQUEST, within(0.02));
			assertThat(Objects.requireNonNull(fork.relativeCpu())).isCloseTo(relative, within(0.02));
		}
	}

	@Test
	void capacityEndsAtTheFirstStepThatBreaksTheObjective() throws Exception {
		LoadedCell cell = cell(Lane.MVC);
		Objective objective = Objective.of(cell.parameters());
		assertThat(estimate(Lane.MVC).capacity(objective)).hasValue(new LaneEstimate.Capacity(400, false));
		assertThat(estimate(Lane.LOOM).capacity(objective)).hasValue(new LaneEstimate.Capacity(800, true));
		assertThat(estimate(Lane.MVC).capacity(new Objective(Duration.ofMillis(503), 0.001))).isEmpty();
	}

	@Test
	void fewSlowAnswersOfALowStepDoNotEndTheCapacityWhereHigherLoadIsFast() throws Exception {
		LoadedCell loom = cell(Lane.LOOM);
		slow(loom.steps().get(1).latency(), 80);
		assertThat(estimate(loom).capacity(Objective.of(loom.parameters())))
			.hasValue(new LaneEstimate.Capacity(800, true));
	}

	@Test
	void fewSlowAnswersEndTheCapacityWhereNoHigherLoadIsFast() throws Exception {
		LoadedCell loom = cell(Lane.LOOM);
		slow(loom.steps().getLast().latency(), 200);
		assertThat(estimate(loom).capacity(Objective.of(loom.parameters())))
			.hasValue(new LaneEstimate.Capacity(loom.steps().get(4).step().rps(), false));
	}

	@Test
	void manySlowAnswersOfALowStepEndTheCapacityWhateverFollows() throws Exception {
		LoadedCell loom = cell(Lane.LOOM);
		slow(loom.steps().get(1).latency(), 20_000);
		assertThat(estimate(loom).capacity(Objective.of(loom.parameters())))
			.hasValue(new LaneEstimate.Capacity(loom.steps().getFirst().step().rps(), false));
	}

	@Test
	void percentilesOfForksAreReadFromTheMergedHistogram() throws Exception {
		RunFiles run = new RunFiles(this.folder);
		List<CheckedCell> forks = CheckedCell
			.of(List.of(SimulatedCell.of("low-load", Lane.MVC, 1).overheadMs(1).load(run),
					SimulatedCell.of("low-load", Lane.MVC, 2).overheadMs(101).load(run)));
		LaneStep step = LaneEstimate.of("mvc", forks).steps().getFirst();
		// A mean of medians would be 551.
		assertThat(step.latency().getValueAtPercentile(49) / 1000.0).isCloseTo(501, within(1.0));
		assertThat(step.latency().getValueAtPercentile(51) / 1000.0).isCloseTo(601, within(1.0));
		assertThat(step.latency().getTotalCount()).isEqualTo(2 * 40 * 18);
	}

	private static void slow(Histogram latency, int answers) {
		latency.recordValueWithCount(900_000, answers);
	}

	private LaneEstimate estimate(Lane lane) throws Exception {
		return estimate(cell(lane));
	}

	private static LaneEstimate estimate(LoadedCell cell) {
		return LaneEstimate.of(cell.lane().orElseThrow().id(), List.of(new CheckedCell(cell, List.of())));
	}

	private LoadedCell cell(Lane lane) throws Exception {
		return SimulatedCell.of("slow-call", lane, 1).overheadMs(OVERHEAD_MS).load(new RunFiles(this.folder));
	}

	private static Figures only(LaneStep step) {
		StepEstimate fork = step.forks().getFirst();
		return new Figures(Objects.requireNonNull(fork.achievedRps()), Objects.requireNonNull(fork.goodputRps()),
				Objects.requireNonNull(fork.waitGrowth()), Objects.requireNonNull(fork.cpuMsPerRequest()),
				Objects.requireNonNull(fork.platformThreads()), Objects.requireNonNull(fork.inFlight()));
	}

	/**
	 * A step's figures, none of which is absent here.
	 */
	private record Figures(double achievedRps, double goodputRps, double waitGrowth, double cpuMsPerRequest,
			double platformThreads, double inFlight) {
	}

}
