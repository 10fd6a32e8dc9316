package dev.threelanes.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Profile;
import dev.threelanes.report.cell.BrokenFileException;
import dev.threelanes.report.cell.Json;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.PredictionResult;
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
	void howeverManyForksTheSmokeProfileDecidesNoPredictedValue() throws Exception {
		SimulatedRun run = new SimulatedRun(this.folder);
		for (Lane lane : Lane.values()) {
			for (int fork = 1; fork <= 3; fork++) {
				run.add(SimulatedCell.of("slow-call", lane, fork).profile(Profile.SMOKE));
			}
		}
		ExperimentResult experiment = Report.write(run.write()).experiments().getFirst();
		assertThat(experiment.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
		assertThat(experiment.finding()).endsWith("; the smoke profile confirms and refutes no predicted value.")
			.doesNotContain("crosses the edge");
	}

	@Test
	void whetherLanesAreEqualIsDecidedInTheSmokeProfileToo() throws Exception {
		SimulatedRun run = new SimulatedRun(this.folder);
		for (int fork = 1; fork <= 3; fork++) {
			run.add(SimulatedCell.of("low-load", Lane.MVC, fork).profile(Profile.SMOKE));
			run.add(SimulatedCell.of("low-load", Lane.LOOM, fork).profile(Profile.SMOKE).overheadMs(40));
		}
		assertThat(Report.write(run.write()).experiments().getFirst().verdict()).isEqualTo(Verdict.REFUTED);
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
