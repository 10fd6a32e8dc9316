package dev.threelanes.report.validity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.cell.InjectorStep;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.cell.Sample;
import dev.threelanes.report.cell.Samples;
import dev.threelanes.report.cell.Series;
import dev.threelanes.report.cell.StepRecord;
import dev.threelanes.report.simulation.SimulatedCell;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many injectors that are as they should be do not hide one that is not. In all of these
 * cells the sums, which a rule would look at that knows of no injectors, are healthy.
 */
class InjectorRulesTests {

	private static final int ON_TIME = 1000;

	private static final int LATE = 300_000;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@SuppressWarnings("NullAway.Init")
	private LoadedCell healthy;

	@BeforeEach
	void simulate() throws Exception {
		this.healthy = SimulatedCell.of("slow-call", Lane.LOOM, 1).load(new RunFiles(this.folder));
	}

	@Test
	void injectorsThatAreAllHealthyBreakNoRule() {
		LoadedCell cell = shared(injector(0), injector(1), injector(2));
		for (Rule rule : Rules.ofTheInstrument()) {
			assertThat(rule.check(cell)).as(rule.id()).isEmpty();
		}
	}

	@Test
	void oneInjectorThatStartsLateIsNamed() {
		StartsOnTime rule = new StartsOnTime();
		LoadedCell cell = shared(injector(0), injector(1).startingLate(), injector(2));
		assertThat(rule.check(cell)).hasSameSizeAs(cell.steps())
			.allSatisfy((reason) -> assertThat(reason.text())
				.startsWith("injector 1: 1 % of the requests started 300 ms late or more"));
		assertThat(rule.closest(cell))
			.hasValueSatisfying((closest) -> assertThat(closest.text()).startsWith("injector 1: 1 % started 300"));
	}

	@Test
	void oneInjectorThatStumblesIsNamed() {
		assertThat(new GeneratorKeptTime().check(shared(injector(0), injector(1), injector(2).stumbling())))
			.hasSameSizeAs(this.healthy.steps())
			.allSatisfy((reason) -> assertThat(reason.text())
				.startsWith("injector 2: 1 % of the generator's heartbeats came 300 ms late or more"));
	}

	@Test
	void oneInjectorThatCollectsMuchIsNamed() {
		assertThat(new GeneratorCollectedLittle().check(shared(injector(0).collecting(), injector(1))))
			.hasSameSizeAs(this.healthy.steps())
			.allSatisfy((reason) -> assertThat(reason.text()).startsWith("injector 0: The generator spent"));
	}

	@Test
	void oneInjectorWithoutProcessorToSpareIsNamed() {
		assertThat(new GeneratorHadProcessor().check(shared(injector(0), injector(1).busy())))
			.hasSameSizeAs(this.healthy.steps())
			.allSatisfy((reason) -> assertThat(reason.text())
				.startsWith("injector 1: The generator used 95 % of its processors"));
	}

	private LoadedCell shared(Injector... injectors) {
		List<LoadedStep> steps = new ArrayList<>();
		for (LoadedStep step : this.healthy.steps()) {
			steps.add(new LoadedStep(step.step(), step.record(), step.timeline(), step.latency(), step.failures(),
					step.startLag(), step.heartbeat(), step.wakeUps(),
					List.of(injectors).stream().map((injector) -> injector.of(step.record())).toList()));
		}
		return new LoadedCell(this.healthy.cell(), this.healthy.experiment(), this.healthy.parameters(),
				this.healthy.warmedUp(), steps, this.healthy.samples());
	}

	private static Injector injector(int number) {
		return new Injector(number, ON_TIME, ON_TIME, 0, 0.2);
	}

	/**
	 * An injector that does the same in every step.
	 *
	 * @param number its number
	 * @param startLagMicros how late each of its requests starts
	 * @param heartbeatMicros how late each of its heartbeats comes
	 * @param collectingShare which share of the time it collects garbage
	 * @param busyShare which share of its processors it uses
	 */
	private record Injector(int number, int startLagMicros, int heartbeatMicros, double collectingShare,
			double busyShare) {

		private static final int PROCESSORS = 2;

		Injector startingLate() {
			return new Injector(this.number, LATE, this.heartbeatMicros, this.collectingShare, this.busyShare);
		}

		Injector stumbling() {
			return new Injector(this.number, this.startLagMicros, LATE, this.collectingShare, this.busyShare);
		}

		Injector collecting() {
			return new Injector(this.number, this.startLagMicros, this.heartbeatMicros, 0.2, this.busyShare);
		}

		Injector busy() {
			return new Injector(this.number, this.startLagMicros, this.heartbeatMicros, this.collectingShare, 0.95);
		}

		InjectorStep of(StepRecord whole) {
			long length = whole.lastAnswerEpochMillis() - whole.startedAtEpochMillis();
			StepRecord own = new StepRecord(whole.step(), whole.startedAtEpochMillis(), whole.lastStartEpochMillis(),
					whole.lastAnswerEpochMillis(), whole.started(), whole.answered(), whole.failed(),
					Math.round(length * this.collectingShare));
			return new InjectorStep(this.number, own, histogram(this.startLagMicros), histogram(this.heartbeatMicros),
					PROCESSORS, cpu(whole.startedAtEpochMillis(), whole.lastStartEpochMillis()));
		}

		private Series cpu(long from, long to) {
			return new Samples(List.of(new Sample(from, Map.of(Metric.GENERATOR_CPU_MILLIS, 0.0)),
					new Sample(to, Map.of(Metric.GENERATOR_CPU_MILLIS, this.busyShare * PROCESSORS * (to - from)))))
				.series(Metric.GENERATOR_CPU_MILLIS);
		}

		private static Histogram histogram(long micros) {
			Histogram histogram = new Histogram(3);
			histogram.recordValueWithCount(micros, 200);
			return histogram;
		}

	}

}
