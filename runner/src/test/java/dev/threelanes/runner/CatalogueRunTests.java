package dev.threelanes.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Load;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Settings;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.cell.RunFiles.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Most of the catalogue with real lanes and real Gatling, in the smoke profile: every
 * kind of load and of request at least once, on one lane where one shows it. What is
 * looked at has the same shape on a busy machine: a queue cannot be faster than theory,
 * every request has its answer, and the page has its figures.
 */
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class CatalogueRunTests {

	private static final JsonMapper JSON = new JsonMapper();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void onePlatformLaneShowsEveryQueue() throws Exception {
		RunFiles files = run(Lane.MVC, "workers", "batch", "mixed");
		assertThat(experiments(files)).containsExactlyInAnyOrder("workers", "batch", "mixed");
		assertThat(places(files, "batch")).containsExactlyInAnyOrder("mvc", "mvc-1", "mvc-4x5");
		LoadedCell cluster = read(files, "batch", "mvc-4x5");
		JsonNode identity = cluster.cell().identityBefore();
		Objects.requireNonNull(identity);
		assertThat(identity.path("pid").size()).isEqualTo(4);
		assertThat(identity.path("limits").path("serverThreads").asInt()).isEqualTo(5);
		assertThat(identity.path("balancer").asString()).isNotBlank();
		// Four JVMs have four times the threads that one has besides its pool.
		assertThat(threads(cluster)).isGreaterThan(2 * threads(read(files, "batch", "mvc-1")));
	}

	@Test
	void whatEveryLaneDoesAlikeIsShownByOne() throws Exception {
		RunFiles files = run(Lane.LOOM, "low-load", "fan-out", "lock", "permits", "db-pool", "cpu-bound", "slow-call");
		assertThat(experiments(files)).containsExactlyInAnyOrder("low-load", "fan-out", "lock", "permits", "db-pool",
				"cpu-bound", "slow-call");
		assertThat(places(files, "lock")).containsExactlyInAnyOrder("loom-1", "loom-2");
		assertThat(read(files, "cpu-bound", "loom").steps().getLast().step().users())
			.isEqualTo(16 * Runtime.getRuntime().availableProcessors());
	}

	private RunFiles run(Lane lane, String... experiments) throws Exception {
		Path run = this.folder.resolve("run");
		StringWriter out = new StringWriter();
		RunPlan plan = new RunPlan(List.of(experiments).stream().map(Catalogue::experiment).toList(), Profile.SMOKE,
				List.of(lane), List.of(), Settings.ALIGNED, 1, Map.of(), Cores.SHARED, 1);
		// What a busy machine spoils is refused, and a second attempt has the same shape.
		int status = new Run(SmokeRun.INSTALLATION, plan, SmokeRun.PORTS, run, List.of("run"), new PrintWriter(out),
				List.of())
			.attempts(1)
			.execute();
		// A busy machine may spoil a step; what could not be measured is status 3.
		assertThat(status).as(out.toString()).isIn(Lanes.DONE, Lanes.INVALID);
		assertThat(out.toString()).containsPattern("\\d+ cells to measure, about \\d+ min");
		RunFiles files = new RunFiles(run);
		for (Place place : files.cells()) {
			assertWhole(files.cell(place.experiment(), place.lane(), place.fork()).read());
		}
		JsonNode results = JSON.readTree(run.resolve("results.json")).path("experiments");
		assertThat(results.size()).isEqualTo(experiments.length);
		for (JsonNode experiment : results) {
			assertThat(run.resolve("index.html")).content().contains("id=\"" + experiment.path("id").asString() + "\"");
		}
		return files;
	}

	// Every request was sent and answered correctly, and none before its time.
	private static void assertWhole(LoadedCell cell) {
		String name = cell.cell().experiment() + "/" + cell.cell().lane();
		assertThat(cell.cell().problems()).as(name).isEmpty();
		assertThat(cell.steps()).as(name).isNotEmpty();
		for (LoadedStep step : cell.steps()) {
			String place = name + ", " + step.step().name();
			long started = step.record().started();
			assertThat(step.record().answered()).as(place).isEqualTo(started).isPositive();
			if (!(cell.experiment().load() instanceof Load.Closed)) {
				// The generator rounds the users of a rate in a way of its own.
				double users = step.step().arrivals();
				assertThat((double) started).as(place).isBetween(0.99 * users - 1, 1.01 * users + 1);
			}
			long serviceMs = cell.serviceTime(step.step().name()).toMillis();
			assertThat(step.latency().getMinValue() / 1000).as(place).isGreaterThanOrEqualTo(serviceMs - 1);
			if (step.step().burst()) {
				assertWaves(cell, step, place);
			}
		}
	}

	private static void assertWaves(LoadedCell cell, LoadedStep step, String place) {
		Parameters parameters = cell.parameters();
		long users = step.record().started();
		long places = cell.experiment().bound().count(parameters);
		long waves = cell.bounded() ? Math.ceilDiv(users, places) : 1;
		long makespanMs = step.record().lastAnswerEpochMillis() - step.record().startedAtEpochMillis();
		assertThat(makespanMs).as(place).isGreaterThanOrEqualTo(waves * parameters.delayMs() - 2);
	}

	private static double threads(LoadedCell cell) {
		LoadedStep last = cell.steps().getLast();
		return cell.samples()
			.series(Metric.THREADS_LIVE)
			.max(last.record().startedAtEpochMillis() - 5000, last.record().lastAnswerEpochMillis() + 5000)
			.orElseThrow();
	}

	private static LoadedCell read(RunFiles files, String experiment, String subject) throws IOException {
		return files.cell(experiment, subject, 1).read();
	}

	private static Set<String> experiments(RunFiles files) throws IOException {
		Set<String> experiments = new TreeSet<>();
		files.cells().forEach((place) -> experiments.add(place.experiment()));
		return experiments;
	}

	private static List<String> places(RunFiles files, String experiment) throws IOException {
		return files.cells()
			.stream()
			.filter((place) -> place.experiment().equals(experiment))
			.map(Place::lane)
			.toList();
	}

}
