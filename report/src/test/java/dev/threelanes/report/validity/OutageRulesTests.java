package dev.threelanes.report.validity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.cell.Sample;
import dev.threelanes.report.cell.Samples;
import dev.threelanes.report.cell.StepRecord;
import dev.threelanes.report.cell.Timeline;
import dev.threelanes.report.cell.Timeline.Bin;
import dev.threelanes.report.estimate.LaneEstimate;
import dev.threelanes.report.simulation.SimulatedCell;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the rules make of steps in which the downstream was told to fail from 10 s to 20 s
 * after their begin, and of users who give up.
 */
class OutageRulesTests {

	private static final long BEGIN = 10_000;

	private static final long END = 20_000;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@SuppressWarnings("NullAway.Init")
	private LoadedCell healthy;

	@BeforeEach
	void simulate() throws Exception {
		this.healthy = SimulatedCell.of("stall", Lane.WEBFLUX, 1).load(new RunFiles(this.folder));
	}

	@Test
	void aFaultThatTookPlaceAsToldBreaksNoRule() {
		LoadedCell cell = faults(failing(BEGIN + 100, END + 2000), OutageRulesTests::asTold);
		assertThat(check(cell)).isEmpty();
		assertThat(unchecked(cell)).contains("errors", "little").doesNotContain("faults", "downstream");
	}

	@Test
	void aFaultThatDidNotTakePlaceIsNoticed() {
		assertThat(check(faults(this.healthy, (millis) -> 0))).hasSize(3).allSatisfy((reason) -> {
			assertThat(reason.rule()).isEqualTo("faults");
			assertThat(reason.text()).contains("met no request with the fault that it was told to have");
		});
		assertThat(check(this.healthy)).hasSize(3)
			.allSatisfy((reason) -> assertThat(reason.text()).contains("its metrics do not cover the step"));
	}

	@Test
	void aFaultAtAnotherTimeIsNoticed() {
		for (long shift : new long[] { -4000, 6000 }) {
			assertThat(check(faults(this.healthy, (millis) -> asTold(millis - shift)))).hasSize(3)
				.allSatisfy((reason) -> assertThat(reason.text()).contains("when nobody had told it to"));
		}
	}

	@Test
	void failuresBeforeTheFaultAreTheLanesOwn() {
		assertThat(check(faults(failing(BEGIN - 2000, END), OutageRulesTests::asTold))).hasSize(3)
			.allSatisfy((reason) -> {
				assertThat(reason.rule()).isEqualTo("errors");
				assertThat(reason.text()).contains("failed before the downstream was told to fail; 0.1 % are allowed");
			});
	}

	@Test
	void wrongAnswersAreNotAllowedThenEither() {
		LoadedCell cell = faults(failing(BEGIN + 100, END + 2000, "wrong-answer"), OutageRulesTests::asTold);
		assertThat(check(cell)).hasSize(3)
			.allSatisfy((reason) -> assertThat(reason.text()).contains("answers were wrong"));
	}

	@Test
	void theEstimatesKnowWhenTheLaneHadRecoveredAndWhatTookLongest() {
		LoadedCell cell = faults(failing(BEGIN + 100, END + 3000), OutageRulesTests::asTold);
		LaneEstimate estimate = LaneEstimate.of("webflux", List.of(new CheckedCell(cell, List.of())));
		assertThat(estimate.steps()).hasSize(3).allSatisfy((step) -> {
			assertThat(step.forks().getFirst().resilience().recoveryMs()).isBetween(2850.0, 3000.0);
			assertThat(step.forks().getFirst().resilience().longestMs()).isBetween(2000.0, 2002.0);
		});
	}

	@Test
	void whereUsersGiveUpLittlesLawIsNotChecked() throws Exception {
		LoadedCell cell = SimulatedCell.of("overload", Lane.MVC, 1)
			.failPastTheCap("no-answer", 60)
			.load(new RunFiles(this.folder));
		assertThat(new LittlesLawHolds().unchecked(cell)).extracting(Reason::step)
			.containsExactly("2.00 x P/D", "3.00 x P/D");
		assertThat(new LittlesLawHolds().check(cell)).isEmpty();
	}

	@Test
	void whomAdmissionControlRefusesWasNeverInTheLane() throws Exception {
		LoadedCell admitting = SimulatedCell.of("overload", "mvc-30", Lane.MVC, 1).load(new RunFiles(this.folder));
		LoadedCell open = SimulatedCell.of("overload", Lane.MVC, 1).load(new RunFiles(this.folder));
		assertThat(new LittlesLawHolds().check(refusing(admitting, "status-503"))).isEmpty();
		assertThat(new LittlesLawHolds().check(refusing(admitting, "status-500"))).isNotEmpty();
		assertThat(new LittlesLawHolds().check(refusing(open, "status-503"))).isNotEmpty();
	}

	private static List<Reason> check(LoadedCell cell) {
		return CheckedCell.of(List.of(cell)).getFirst().reasons();
	}

	private static List<String> unchecked(LoadedCell cell) {
		return Rules.all().stream().flatMap((rule) -> rule.unchecked(cell).stream()).map(Reason::rule).toList();
	}

	// How many requests have met a fault by then.
	private static long asTold(long millis) {
		return (Math.clamp(millis, BEGIN, END) - BEGIN) / 20;
	}

	private LoadedCell failing(long fromMillis, long toMillis) {
		return failing(fromMillis, toMillis, "status-504");
	}

	// Every step with failures in place of the answers that came in a stretch of it.
	private LoadedCell failing(long fromMillis, long toMillis, String failure) {
		List<LoadedStep> steps = new ArrayList<>();
		for (LoadedStep step : this.healthy.steps()) {
			List<Bin> bins = new ArrayList<>();
			long failed = 0;
			for (Bin bin : step.timeline().bins()) {
				boolean fails = bin.index() * 10L >= fromMillis && bin.index() * 10L < toMillis;
				failed += fails ? bin.answered() : 0;
				bins.add(fails ? new Bin(bin.index(), bin.started(), 0, bin.answered(), bin.answeredOfStarted(),
						bin.latencyMicrosOfStarted()) : bin);
			}
			Histogram failures = new Histogram(3);
			failures.recordValueWithCount(2_000_000, failed);
			StepRecord record = step.record();
			steps.add(new LoadedStep(step.step(),
					new StepRecord(record.step(), record.startedAtEpochMillis(), record.lastStartEpochMillis(),
							record.lastAnswerEpochMillis(), record.started(), record.answered() - failed, failed, 0),
					new Timeline(bins), step.latency(), Map.of(failure, failures), step.startLag(), step.heartbeat(),
					step.wakeUps()));
		}
		return with(steps, this.healthy.samples());
	}

	// Every step with as many failures more as there were answers, of which the lane's
	// own metrics know nothing.
	private static LoadedCell refusing(LoadedCell cell, String failure) {
		List<LoadedStep> steps = cell.steps().stream().map((step) -> {
			StepRecord record = step.record();
			Histogram failures = new Histogram(3);
			failures.recordValueWithCount(1000, record.answered());
			return new LoadedStep(step.step(),
					new StepRecord(record.step(), record.startedAtEpochMillis(), record.lastStartEpochMillis(),
							record.lastAnswerEpochMillis(), record.started() + record.answered(), record.answered(),
							record.answered(), 0),
					step.timeline(), step.latency(), Map.of(failure, failures), step.startLag(), step.heartbeat(),
					step.wakeUps());
		}).toList();
		return new LoadedCell(cell.cell(), cell.experiment(), cell.parameters(), cell.warmedUp(), steps,
				cell.samples());
	}

	// What the downstream counts, by the milliseconds since the begin of a step.
	private LoadedCell faults(LoadedCell cell, LongUnaryOperator count) {
		List<Sample> samples = new ArrayList<>();
		for (Sample sample : cell.samples().samples()) {
			long faults = 0;
			for (LoadedStep step : cell.steps()) {
				faults += count.applyAsLong(sample.epochMillis() - step.record().startedAtEpochMillis());
			}
			Map<Metric, Double> values = new EnumMap<>(sample.values());
			values.put(Metric.DOWNSTREAM_FAULTS, (double) faults);
			samples.add(new Sample(sample.epochMillis(), values));
		}
		return with(cell.steps(), new Samples(samples));
	}

	private LoadedCell with(List<LoadedStep> steps, Samples samples) {
		return new LoadedCell(this.healthy.cell(), this.healthy.experiment(), this.healthy.parameters(),
				this.healthy.warmedUp(), steps, samples);
	}

}
