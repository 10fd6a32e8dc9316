package dev.threelanes.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.Report;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.results.Results;
import dev.threelanes.report.results.RuleResult;
import dev.threelanes.report.results.RuleResult.Breach;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Commits every violation that a rule is there for and looks whether that rule, and not
 * another, says so. Most are committed in the files of a live run, since the rules see
 * nothing else; a lane that dies dies for real. What must break before there are files,
 * such as loom without virtual threads, is in {@link SmokeRunTests}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SabotageTests {

	private static final String LOW = "0.50 x T/D";

	private static final Duration LONGEST_CELL = Duration.ofMinutes(4);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void aHealthyRunBreaksNoRule() throws Exception {
		Results results = Report
			.write(DoctoredRun.copyOf(SmokeRun.healthy().folder(), this.folder.resolve("copy")).folder());
		assertThat(results.rules()).allSatisfy((rule) -> assertThat(rule.broken()).as(rule.title()).isEmpty());
		assertThat(results.valid()).isTrue();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("violations")
	void isCaught(String violation, String rule, Sabotage sabotage, String reason) throws Exception {
		DoctoredRun run = DoctoredRun.copyOf(SmokeRun.healthy().folder(), this.folder.resolve("copy"));
		sabotage.commit(run);
		Results results = Report.write(run.seal().folder());
		assertThat(broken(results, rule)).as(violation)
			.extracting(Breach::text)
			.anyMatch((text) -> text.contains(reason));
		assertThat(results.valid()).isFalse();
	}

	@Test
	void aFileThatWasChangedAfterwardsIsCaught() throws Exception {
		DoctoredRun run = DoctoredRun.copyOf(SmokeRun.healthy().folder(), this.folder.resolve("copy"));
		run.column(run.cell("loom").samples(), "laneCpuMillis", (value) -> value / 2);
		assertThat(broken(Report.write(run.folder()), "files")).extracting(Breach::text)
			.containsExactly(
					"samples.csv: it was changed after it was measured: its SHA-256 is not the one in cell.json");
	}

	@Test
	void aCellThatWasChangedAfterwardsIsCaught() throws Exception {
		DoctoredRun run = DoctoredRun.copyOf(SmokeRun.healthy().folder(), this.folder.resolve("copy"));
		run.json(run.cell("loom").cell(), (cell) -> cell.putArray("problems"));
		run.json(run.cell("loom").cell(), (cell) -> cell.put("startUpMillis", 1));
		assertThat(broken(Report.write(run.folder()), "files")).extracting(Breach::text)
			.containsExactly(
					"cell.json: it was changed after it was measured: its SHA-256 is not the one in manifest.json");
	}

	@Test
	void aTruncatedHistogramIsCaught() throws Exception {
		DoctoredRun run = DoctoredRun.copyOf(SmokeRun.healthy().folder(), this.folder.resolve("copy"));
		Path latency = run.cell("mvc").latency();
		byte[] bytes = Files.readAllBytes(latency);
		Files.write(latency, Arrays.copyOf(bytes, bytes.length - 40));
		assertThat(broken(Report.write(run.seal().folder()), "files")).extracting(Breach::text)
			.singleElement()
			.asString()
			.contains("latency.hlog: it is truncated");
	}

	@Test
	void aLaneThatIsKilledInMidStepIsCaught() throws Exception {
		Path run = this.folder.resolve("run");
		Run live = new Run(SmokeRun.INSTALLATION, SmokeRun.plan(Lane.LOOM), SmokeRun.PORTS, run, List.of("run"),
				new PrintWriter(new StringWriter()), List.of());
		Thread killer = Thread.ofVirtual().start(() -> killTheLaneWhileItIsMeasured(run));
		assertThat(live.execute()).isEqualTo(Lanes.INVALID);
		killer.join();
		Results results = Report.write(run);
		assertThat(broken(results, "runner")).extracting(Breach::text)
			.contains("loom ended with status 137 while it was measured");
		assertThat(broken(results, "survival")).extracting(Breach::text)
			.contains("The lane answered before the load and no more after it");
	}

	@Test
	void aClockThatIsSetBackInMidStepIsToldOfAndShiftsNothing() throws Exception {
		Path run = this.folder.resolve("run");
		AtomicReference<Duration> set = new AtomicReference<>(Duration.ZERO);
		Run live = new Run(SmokeRun.INSTALLATION, SmokeRun.plan(Lane.LOOM, Lane.MVC), SmokeRun.PORTS, run,
				List.of("run"), new PrintWriter(new StringWriter()), List.of())
			.attempts(1)
			.by(() -> Instant.now().plus(set.get()));
		String first = SmokeRun.plan(Lane.LOOM, Lane.MVC).cells().getFirst().subject().id();
		Thread setter = Thread.ofVirtual().start(() -> {
			awaitFirstStep(run, first);
			set.set(Duration.ofHours(-1));
		});
		assertThat(live.execute()).isEqualTo(Lanes.INVALID);
		setter.join();
		Results results = Report.write(run);
		assertThat(broken(results, "runner")).extracting(Breach::text)
			.containsExactly("The clock of this machine was set 3600.0 s back meanwhile");
		// Neither do they seem to have lived at the same time.
		assertThat(broken(results, "alone")).isEmpty();
		RunFiles files = new RunFiles(run);
		for (RunFiles.Place place : files.cells()) {
			LoadedCell cell = files.cell(place.experiment(), place.lane(), place.fork()).read();
			Instant started = Instant.parse(cell.cell().startedAt());
			assertThat(Instant.parse(cell.cell().endedAt())).isBetween(started, started.plus(LONGEST_CELL));
			List<Long> moments = cell.samples()
				.series(Metric.LANE_CPU_MILLIS)
				.points()
				.stream()
				.map(Map.Entry::getKey)
				.toList();
			assertThat(moments).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(cell.cell().steps().size());
			assertThat(moments.getLast() - moments.getFirst()).isLessThan(LONGEST_CELL.toMillis());
			if (place.lane().equals(first)) {
				// The generator's clock is this machine's own, and was not set.
				assertThat(cell.steps()).extracting(LoadedStep::record).allSatisfy((step) -> {
					assertThat(moments.getFirst()).isLessThan(step.startedAtEpochMillis());
					assertThat(moments.getLast()).isGreaterThan(step.lastAnswerEpochMillis());
				});
			}
		}
	}

	private static void awaitFirstStep(Path run, String lane) {
		Path log = run.resolve("logs/slow-call-%s-1-gatling.log".formatted(lane));
		await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(log) && Files.readString(log).contains(LOW));
	}

	private static void killTheLaneWhileItIsMeasured(Path run) {
		awaitFirstStep(run, "loom");
		ProcessHandle.current()
			.children()
			.filter((child) -> child.info().commandLine().orElse("").contains("loom-app.jar"))
			.forEach(ProcessHandle::destroyForcibly);
	}

	static Stream<Arguments> violations() {
		return Stream.of(
				violation("one lane has another connection limit", "limits",
						(run) -> limit(run, "loom", "maxConnections", 50),
						"Lanes differ in maxConnections: 50 on loom; 10000 on mvc, webflux"),
				violation("one lane has a smaller heap", "limits",
						(run) -> identity(run, "webflux", (lane) -> lane.put("heapMaxBytes", 1 << 26)),
						"67108864 on webflux"),
				violation("a lane's threads are not what it says", "identity",
						(run) -> identity(run, "loom", (lane) -> lane.put("virtual", false)),
						"the lane says false, not true"),
				violation("another process answers after the load", "survival",
						(run) -> run.json(run.cell("mvc").cell(),
								(cell) -> ((ObjectNode) cell.path("identityAfter")).put("pid", 1)),
						"another process answered"),
				violation("the runner saw a problem", "runner",
						(run) -> run.json(run.cell("mvc").cell(), (cell) -> cell.putArray("problems").add("It rained")),
						"It rained"),
				violation("the generator is starved of the processor", "generator-cpu",
						(run) -> run.column(run.cell("mvc").samples(), "generatorCpuMillis", (value) -> 20 * value),
						"of its processors; less than 80 % are allowed"),
				violation("the generator stumbles", "heartbeat",
						(run) -> run.histograms(run.cell("mvc").heartbeat(), (beats) -> shifted(beats, 200_000)),
						"of the generator's heartbeats came 2"),
				violation("the generator collects garbage", "generator-gc",
						(run) -> run.rows(run.cell("mvc").steps(), (row) -> row.put("generatorGcMillis", "900")),
						"in its garbage collector; 5 % are allowed"),
				violation("the generator starts late", "start-lag",
						(run) -> run.histograms(run.cell("mvc").startLag(), (lag) -> shifted(lag, 80_000)),
						"late or more; 50 ms are allowed"),
				violation("the generator starts too little", "offered-load",
						(run) -> run.json(run.cell("mvc").cell(),
								(cell) -> cell.path("steps")
									.forEach((step) -> ((ObjectNode) step).put("offeredRps",
											2 * step.path("offeredRps").asDouble()))),
						"of the offered load: it was measured itself"),
				violation("the downstream is slower than asked", "downstream",
						(run) -> run.column(run.cell("mvc").samples(), "downstreamWithin25ms", (value) -> 0.9 * value),
						"at most 25 ms late: it was measured itself"),
				violation("the downstream fails though nobody told it to", "faults",
						(run) -> run.rows(run.cell("mvc").samples(), SabotageTests::failing),
						"requests at a time when nobody had told it to"),
				violation("the lane answers something else", "errors", (run) -> run.fail("mvc", LOW, "wrong-answer", 1),
						"1 answers were wrong"),
				violation("one in a hundred requests fails", "errors", (run) -> run.fail("mvc", LOW, "status-503", 1),
						"of the requests failed; 0.1 % are allowed"),
				violation("answers are lost", "conservation", (run) -> run.lose("mvc", LOW, 2),
						"requests were started, but"),
				violation("the lane was not warmed up", "warm",
						(run) -> run.rows(run.cell("mvc").steps(), SabotageTests::withoutWarmUp),
						"requests were started before it was measured"),
				violation("the latency has a trend", "warm",
						(run) -> run.rows(run.cell("loom").timeline(), (row) -> rising(row)), "The latency drifted by"),
				violation("the lane has too small a heap", "lane-gc",
						(run) -> run.rows(run.cell("mvc").samples(), SabotageTests::collecting),
						"The lane stood still for its garbage collector 30 % of the time"),
				violation("two lanes live at once", "alone",
						(run) -> run.json(run.cell("mvc").cell(),
								(cell) -> cell.put("startedAt", "2000-01-01T00:00:00Z")),
						"lived at the same time"),
				violation("forks have mixed settings", "conditions",
						(run) -> run.json(run.repeat("mvc", "slow-call", "mvc", 2).cell(),
								(cell) -> cell.put("settings", "stock")),
						"It was measured with other settings than"),
				violation("open and closed cells are mixed", "conditions",
						(run) -> run.json(run.cell("webflux").cell(), (cell) -> cell.put("load", "closed")),
						"It was measured with other load than"),
				violation("one lane has other JVM flags", "conditions",
						(run) -> run.json(run.cell("webflux").cell(),
								(cell) -> cell.putArray("jvmFlags").add("-Xmx64m")),
						"It was measured with other JVM flags than"),
				violation("a control pair differs", "control", SabotageTests::differentControl,
						"The same lane differs from itself"),
				violation("Little's law is broken", "little",
						(run) -> run.column(run.cell("loom").samples(), "inFlight", (value) -> 1.5 * value),
						"Little's law does not close"));
	}

	private static void withoutWarmUp(Map<String, String> row) {
		if ("warm-up".equals(row.get("step"))) {
			row.put("started", "0");
		}
	}

	private static void rising(Map<String, String> row) {
		if (LOW.equals(row.get("step"))) {
			double bin = Double.parseDouble(String.valueOf(row.get("bin")));
			long micros = Long.parseLong(String.valueOf(row.get("latencyMicrosOfStarted")));
			row.put("latencyMicrosOfStarted", Long.toString(Math.round(micros * (1 + bin / 1000))));
		}
	}

	private static void collecting(Map<String, String> row) {
		// 300 ms of pauses in each second.
		long millis = Long.parseLong(String.valueOf(row.get("epochMillis")));
		row.put("gcPauseMillis", Long.toString(millis % 1_000_000_000 * 3 / 10));
	}

	private static void failing(Map<String, String> row) {
		// Ten faults in each second.
		long millis = Long.parseLong(String.valueOf(row.get("epochMillis")));
		row.put("downstreamFaults", Long.toString(millis % 1_000_000_000 / 100));
	}

	private static void differentControl(DoctoredRun run) throws IOException {
		for (int fork = 1; fork <= 3; fork++) {
			run.repeat("mvc", "control", "mvc", fork);
			CellFiles again = run.repeat("mvc", "control", "mvc-again", fork);
			run.histograms(again.latency(), (latency) -> shifted(latency, 100_000));
		}
		run.remove("slow-call");
	}

	private static void limit(DoctoredRun run, String lane, String name, int value) throws IOException {
		identity(run, lane, (identity) -> ((ObjectNode) identity.path("limits")).put(name, value));
	}

	private static void identity(DoctoredRun run, String lane, Consumer<ObjectNode> change) throws IOException {
		run.json(run.cell(lane).cell(), (cell) -> change.accept((ObjectNode) cell.path("identityBefore")));
	}

	private static Histogram shifted(Histogram histogram, long micros) {
		Histogram shifted = new Histogram(3);
		histogram.recordedValues()
			.forEach((value) -> shifted.recordValueWithCount(value.getValueIteratedTo() + micros,
					value.getCountAtValueIteratedTo()));
		return shifted;
	}

	private static List<Breach> broken(Results results, String rule) {
		return results.rules()
			.stream()
			.filter((candidate) -> candidate.id().equals(rule))
			.map(RuleResult::broken)
			.findFirst()
			.orElseThrow();
	}

	private static Arguments violation(String name, String rule, Sabotage sabotage, String reason) {
		return Arguments.of(name, rule, sabotage, reason);
	}

	/**
	 * A violation.
	 */
	@FunctionalInterface
	interface Sabotage {

		void commit(DoctoredRun run) throws IOException;

	}

}
