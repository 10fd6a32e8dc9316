package dev.threelanes.runner;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Reference;
import dev.threelanes.experiments.Settings;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.RunFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both references beside a lane, with real Gatling.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ReferenceRunTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void referencesAreMeasuredBesideTheLanes() throws Exception {
		Path run = this.folder.resolve("run");
		StringWriter out = new StringWriter();
		RunPlan plan = new RunPlan(List.of(Catalogue.experiment("cost")), Profile.SMOKE, List.of(Lane.LOOM), List.of(),
				Settings.ALIGNED, 1, Map.of(), Cores.SHARED, 1)
			.beside(List.of(Reference.values()));
		int status = new Run(SmokeRun.INSTALLATION, plan, SmokeRun.PORTS, run, List.of("run"), new PrintWriter(out),
				List.of())
			.execute();
		// A busy machine may spoil a step; what could not be measured is status 3.
		assertThat(status).as(out.toString()).isIn(Lanes.DONE, Lanes.INVALID);
		for (Reference reference : Reference.values()) {
			assertMeasured(reference, new RunFiles(run).cell("cost", reference.id(), 1).read());
		}
		JsonNode lanes = new JsonMapper().readTree(run.resolve("results.json"))
			.path("experiments")
			.path(0)
			.path("lanes");
		assertThat(lanes).extracting((lane) -> lane.path("title").asString())
			.containsExactly("Loom", "Bare Reactor Netty", "Bare Tomcat, virtual threads");
		assertThat(run.resolve("index.html")).content().contains("Bare Reactor Netty");
		assertThat(new RunFiles(run).readManifest().artifacts()).containsKey("reference");
	}

	// Every request was answered correctly, and what it cost is known.
	private static void assertMeasured(Reference reference, LoadedCell cell) {
		assertThat(cell.cell().problems()).as(reference.id()).isEmpty();
		JsonNode identity = cell.cell().identityBefore();
		Objects.requireNonNull(identity);
		assertThat(identity.path("reference").asString()).isEqualTo(reference.id());
		assertThat(cell.steps()).isNotEmpty();
		for (LoadedStep step : cell.steps()) {
			long from = step.record().startedAtEpochMillis();
			long to = step.record().lastAnswerEpochMillis();
			assertThat(step.record().answered()).isEqualTo(step.record().started()).isPositive();
			assertThat(step.latency().getMinValue() / 1000).isGreaterThanOrEqualTo(39);
			assertThat(cell.samples().series(Metric.LANE_CPU_MILLIS).growth(from, to).orElseThrow()).isPositive();
			assertThat(cell.samples().series(Metric.HEAP_USED_BYTES).max(from, to).orElseThrow()).isPositive();
			assertThat(cell.samples().series(Metric.THREADS_LIVE).max(from, to).orElseThrow()).isPositive();
		}
	}

}
