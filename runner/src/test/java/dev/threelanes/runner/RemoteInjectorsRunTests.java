package dev.threelanes.runner;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Settings;
import dev.threelanes.experiments.Step;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.cell.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way of a cluster on one machine, with a real lane and real Gatling: a run that
 * starts no generator, and two injectors that know of it by a folder alone.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RemoteInjectorsRunTests {

	private static final int INJECTORS = 2;

	private static final Experiment EXPERIMENT = Catalogue.experiment("low-load");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void injectorsElsewhereMakeTheLoadOfTheCatalogueTogether() throws Exception {
		Path orders = this.folder.resolve("orders");
		List<CompletableFuture<Integer>> injectors = new ArrayList<>();
		String before = System.getProperty("lanes.home");
		System.setProperty("lanes.home", SmokeRun.INSTALLATION.home().toString());
		try {
			for (int injector = 0; injector < INJECTORS; injector++) {
				String own = Integer.toString(injector);
				// A thread each, since they wait for each other.
				injectors.add(CompletableFuture.supplyAsync(
						() -> Lanes.commandLine()
							.execute("inject", orders.toString(), "--injector", own, "--barrier",
									"127.0.0.1:" + SmokeRun.PORTS.barrier()),
						(task) -> Thread.ofPlatform().daemon().start(task)));
			}
			run(orders).execute();
			for (CompletableFuture<Integer> injector : injectors) {
				assertThat(injector.get(1, TimeUnit.MINUTES)).isEqualTo(Lanes.DONE);
			}
		}
		finally {
			if (before != null) {
				System.setProperty("lanes.home", before);
			}
			else {
				System.clearProperty("lanes.home");
			}
		}
		CellFiles files = new RunFiles(this.folder.resolve("run")).cell(EXPERIMENT.id(), "loom", 1);
		LoadedCell cell = files.read();
		List<Step> declared = EXPERIMENT.schedule(Profile.SMOKE, EXPERIMENT.parameters(Profile.SMOKE, Map.of()))
			.steps();
		assertThat(cell.steps()).hasSameSizeAs(declared);
		for (int place = 0; place < declared.size(); place++) {
			LoadedStep step = cell.steps().get(place);
			assertThat(step.record().started()).isEqualTo(((Step.Open) declared.get(place)).users());
			assertThat(step.injectors()).hasSize(INJECTORS);
		}
		for (int injector = 0; injector < INJECTORS; injector++) {
			assertThat(Samples.read(files.injector(injector).samples()).samples()).isNotEmpty()
				.allMatch((sample) -> sample.value(Metric.GENERATOR_CPU_MILLIS).isPresent());
			assertThat(files.gatling(injector).resolve("index.html")).isNotEmptyFile();
		}
	}

	private Run run(Path orders) {
		RunPlan plan = new RunPlan(List.of(EXPERIMENT), Profile.SMOKE, List.of(Lane.LOOM), List.of(), Settings.ALIGNED,
				1, Map.of(), Cores.SHARED, 1)
			.sharedBy(INJECTORS);
		return new Run(SmokeRun.INSTALLATION, plan, SmokeRun.PORTS, this.folder.resolve("run"), List.of("run"),
				new PrintWriter(new StringWriter()), List.of())
			// Once and for all: a step that this machine spoils has the same counts.
			.attempts(1)
			.injectedThrough(new Exchange(orders));
	}

}
