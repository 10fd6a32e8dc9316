package dev.threelanes.report.cell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.simulation.SimulatedCell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CellFilesTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@SuppressWarnings("NullAway.Init")
	private CellFiles files;

	@BeforeEach
	void writeCell() {
		this.files = SimulatedCell.of("slow-call", Lane.MVC, 1)
			.fail("status-503", 2)
			.fail("no-answer", 1)
			.write(new RunFiles(this.folder));
	}

	@Test
	void readsWhatWasWritten() throws Exception {
		LoadedCell cell = this.files.read();
		LoadedStep step = cell.steps().getFirst();
		assertThat(cell.parameters().threads()).isEqualTo(200);
		assertThat(cell.steps()).extracting((loaded) -> loaded.step().name()).startsWith("0.25 x T/D").hasSize(6);
		assertThat(step.record().started()).isEqualTo(600);
		assertThat(step.latency().getTotalCount()).isEqualTo(597);
		assertThat(step.failures()).containsOnlyKeys("no-answer", "status-503");
		assertThat(cell.samples().samples()).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cell.json", "samples.csv", "latency.hlog", "failures.hlog", "start-lag.hlog",
			"heartbeat.hlog", "timeline.csv", "steps.csv" })
	void namesTheFileThatIsMissingOrTruncated(String name) throws Exception {
		Path file = this.files.folder().resolve(name);
		byte[] content = Files.readAllBytes(file);
		Files.write(file, Arrays.copyOf(content, content.length - 2));
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(this.files::read)
			.withMessageMatching(name + ": .*truncated.*");
		Files.delete(file);
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(this.files::read)
			.withMessage(name + ": it is missing");
	}

	@Test
	void aFileThatWasChangedAfterwardsIsNoticed() throws Exception {
		Files.writeString(this.files.samples(),
				Files.readString(this.files.samples()).replaceFirst(",9000,", ",9001,"));
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(this.files::read)
			.withMessage("samples.csv: it was changed after it was measured: its SHA-256 is not the one in cell.json");
	}

	@Test
	void anotherSchemaIsRefused() throws Exception {
		Files.writeString(this.files.cell(),
				Files.readString(this.files.cell()).replace("\"schema\" : 3", "\"schema\" : 2"));
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(this.files::read)
			.withMessage("cell.json: its schema is 2, not 3");
	}

	@Test
	void filesThatDisagreeAreRefused() throws Exception {
		Files.writeString(this.files.steps(), Files.readString(this.files.steps()).replace(",597,3,0\n", ",598,2,0\n"));
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(this.files::read)
			.withMessage("latency.hlog: the step '0.25 x T/D' has 597 records, but steps.csv counts 598");
	}

	@Test
	void whatWasNotMeasuredStaysAbsent() throws Exception {
		Path file = this.folder.resolve("some.csv");
		Samples samples = new Samples(List
			.of(new Sample(1, Map.of(Metric.THREADS_LIVE, 0.0, Metric.LANE_CPU_MILLIS, 1.5)), new Sample(2, Map.of())));
		samples.write(file);
		assertThat(Samples.read(file).samples()).isEqualTo(samples.samples());
		assertThat(samples.samples().getFirst().value(Metric.HEAP_USED_BYTES)).isEmpty();
		assertThat(samples.samples().getFirst().value(Metric.THREADS_LIVE)).hasValue(0);
	}

	@Test
	void samplesOfAClockThatWasSetBackAreRefused() throws Exception {
		Path file = this.folder.resolve("some.csv");
		new Samples(List.of(new Sample(2, Map.of(Metric.THREADS_LIVE, 1.0)), new Sample(1, Map.of()))).write(file);
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> Samples.read(file))
			.withMessage("some.csv: its samples are not in the order of time: the clock was set back");
	}

	@Test
	void aSeriesIsAStraightLineBetweenSamplesAndNothingBeyondThem() {
		Series series = new Samples(List.of(new Sample(10, Map.of(Metric.THREADS_LIVE, 1.0)), new Sample(15, Map.of()),
				new Sample(20, Map.of(Metric.THREADS_LIVE, 3.0))))
			.series(Metric.THREADS_LIVE);
		assertThat(series.at(9)).isEmpty();
		assertThat(series.at(10)).hasValue(1);
		assertThat(series.at(15)).hasValue(2);
		assertThat(series.at(20)).hasValue(3);
		assertThat(series.at(21)).isEmpty();
		assertThat(series.growth(10, 20)).hasValue(2);
		assertThat(series.between(11, 20)).containsOnlyKeys(20L);
		assertThat(series.max(0, 19)).hasValue(1);
		assertThat(series.max(21, 30)).isEmpty();
	}

	@Test
	void anUnknownMetricIsRefusedByName() throws Exception {
		Path file = this.folder.resolve("some.csv");
		Files.writeString(file, "epochMillis,threadsLive,surprise\n1,2,3\n");
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> Samples.read(file))
			.withMessage("some.csv: there is no metric 'surprise'");
	}

	@Test
	void aCellAppearsWhenItIsPublishedAndNotBefore() throws Exception {
		RunFiles run = new RunFiles(this.folder.resolve("run"));
		CellFiles unfinished = run.unfinishedCell("slow-call", "mvc", 1);
		Files.createDirectories(unfinished.folder());
		Files.writeString(unfinished.cell(), "{}");
		assertThat(run.cells()).isEmpty();
		unfinished.publish(run.cell("slow-call", "mvc", 1));
		assertThat(run.cells()).containsExactly(new RunFiles.Place("slow-call", "mvc", 1));
		assertThat(unfinished.folder()).doesNotExist();
	}

	@Test
	void aNameNeverLeavesTheRunsFolder() {
		RunFiles run = new RunFiles(this.folder);
		assertThatIllegalArgumentException().isThrownBy(() -> run.cell("slow-call", "../mvc", 1));
		assertThatIllegalArgumentException().isThrownBy(() -> run.cell("..", "mvc", 1));
	}

	@Test
	void aFileIsReplacedAsAWholeAndReadableByOthers() throws Exception {
		Path file = this.folder.resolve("some.json");
		Files.writeString(this.folder.resolve("plain"), "");
		Json.write(file, Map.of("key", "long enough to be longer than the next one"));
		Json.write(file, Map.of("key", 1));
		assertThat(file).hasContent("{\n  \"key\" : 1\n}");
		assertThat(Files.getPosixFilePermissions(file))
			.isEqualTo(Files.getPosixFilePermissions(this.folder.resolve("plain")));
	}

}
