package dev.threelanes.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Settings;
import dev.threelanes.experiments.Share;
import dev.threelanes.experiments.Step;
import dev.threelanes.report.Report;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.InjectorStep;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Manifest;
import dev.threelanes.report.cell.RunFiles;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A load that three generators share, with a real lane and real Gatling: {@code low-load}
 * in the smoke profile, which has the fewest steps.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class InjectorsRunTests {

	private static final int INJECTORS = 3;

	private static final Experiment EXPERIMENT = Catalogue.experiment("low-load");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void whatInjectorsRecordAddsUpToTheLoadOfTheCatalogue() throws Exception {
		// Once and for all: a step that this machine spoils has the same counts.
		run().attempts(1).execute();
		RunFiles run = new RunFiles(this.folder.resolve("run"));
		CellFiles files = run.cell(EXPERIMENT.id(), "loom", 1);
		LoadedCell cell = files.read();
		List<Step> declared = EXPERIMENT.schedule(Profile.SMOKE, EXPERIMENT.parameters(Profile.SMOKE, Map.of()))
			.steps();
		assertThat(cell.steps()).hasSameSizeAs(declared);
		for (int place = 0; place < declared.size(); place++) {
			LoadedStep step = cell.steps().get(place);
			Step.Open open = (Step.Open) declared.get(place);
			assertThat(step.record().started()).isEqualTo(open.users());
			assertThat(step.injectors()).hasSize(INJECTORS);
			for (InjectorStep injector : step.injectors()) {
				assertThat(injector.record().started())
					.isEqualTo(new Share(INJECTORS, injector.number()).arrivals(open).length);
				assertThat(injector.startLag().getTotalCount()).isEqualTo(injector.record().started());
				assertThat(injector.record().startedAtEpochMillis()).isEqualTo(step.record().startedAtEpochMillis());
			}
			Histogram sum = new Histogram(3);
			for (int injector = 0; injector < INJECTORS; injector++) {
				sum.add(histogram(files.injector(injector).latency(), step.step().name()));
			}
			assertThat(histogram(files.latency(), step.step().name())).isEqualTo(sum);
			assertThat(step.latency()).isEqualTo(sum);
			assertThat(sum.getTotalCount()).isEqualTo(step.record().answered());
		}
		assertThat(IntStream.range(0, INJECTORS)).allSatisfy((injector) -> {
			assertThat(files.gatling(injector).resolve("index.html")).isNotEmptyFile();
			assertThat(files.injector(injector).samples()).isNotEmptyFile();
			assertThat(files.injector(injector).folder().resolve(CellMeasurement.GATLING_RUNS)).doesNotExist();
		});
		Manifest manifest = run.readManifest();
		assertThat(manifest.plan().injectors()).isEqualTo(INJECTORS);
		assertThat(RunPlan.of(manifest, Place.HERE)).isEqualTo(plan());
		assertThat(run.page()).content()
			.contains("loom, fork 1, injector 2", "cells/low-load/loom/1/gatling/2/index.html",
					"3 generators, each with 1/3 of every load");
		byte[] page = Files.readAllBytes(run.page());
		Report.write(run.folder());
		assertThat(run.page()).hasBinaryContent(page);
	}

	@Test
	void whenAnInjectorDiesSaysWhichAndKeepsNoCell() {
		CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> {
			try {
				return run().execute();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(this.folder.resolve("run/logs/live.csv")));
		List<ProcessHandle> second = ProcessHandle.current()
			.descendants()
			.filter((process) -> words(process).contains("-Dinjector=1"))
			.toList();
		assertThat(second).singleElement().matches(ProcessHandle::destroyForcibly);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> status.get(1, TimeUnit.MINUTES))
			.havingCause()
			.isInstanceOf(RunFailure.class)
			.withMessageStartingWith("Gatling ended low-load/loom/1 as injector 1 of 3 with status 137");
		assertThat(this.folder.resolve("run/cells/low-load/loom/1")).doesNotExist();
	}

	private static List<String> words(ProcessHandle process) {
		try {
			return List.of(Files.readString(Path.of("/proc/%d/cmdline".formatted(process.pid()))).split("\0"));
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	private Run run() {
		return new Run(SmokeRun.INSTALLATION, plan(), SmokeRun.PORTS, this.folder.resolve("run"), List.of("run"),
				new PrintWriter(new StringWriter()), List.of());
	}

	private static RunPlan plan() {
		return new RunPlan(List.of(EXPERIMENT), Profile.SMOKE, List.of(Lane.LOOM), List.of(), Settings.ALIGNED, 1,
				Map.of(), Cores.SHARED, 1)
			.sharedBy(INJECTORS);
	}

	private static Histogram histogram(Path file, String step) throws Exception {
		Histogram found = new Histogram(3);
		try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
			while (reader.nextIntervalHistogram() instanceof Histogram histogram) {
				if (step.replace(' ', '_').equals(histogram.getTag())) {
					found.add(histogram);
				}
			}
		}
		return found;
	}

}
