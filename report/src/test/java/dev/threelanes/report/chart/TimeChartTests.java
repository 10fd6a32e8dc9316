package dev.threelanes.report.chart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.threelanes.report.Report;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.simulation.SimulatedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimeChartTests {

	private static final TimeChart CHART = new TimeChart(Metric.LANE_RSS_BYTES, "B", (bytes) -> bytes);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void countsFromTheLanesStart() throws Exception {
		assertThat(firstSecond(Duration.ZERO)).isPositive();
		assertThat(firstSecond(Duration.ofSeconds(-5))).isEqualTo(firstSecond(Duration.ZERO) + 5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT1H", "-PT1H" })
	void whenTheClockWasSetBetweenStartAndSamplesCountsFromTheFirstOfThem(Duration shift) throws Exception {
		assertThat(firstSecond(shift)).isZero();
	}

	private double firstSecond(Duration shift) throws Exception {
		Path run = Files.createTempDirectory(this.folder, "run");
		ExperimentResult experiment = Report.write(SimulatedRun.healthy(run, "slow-call", 1).write())
			.experiments()
			.getFirst();
		CellFiles cell = new RunFiles(run).cell("slow-call", "mvc", 1);
		String started = cell.read().cell().startedAt();
		Files.writeString(cell.cell(), Files.readString(cell.cell())
			.replace('"' + started + '"', '"' + Instant.parse(started).plus(shift).toString() + '"'));
		ChartOption.Line line = (ChartOption.Line) CHART.option(experiment, List.of(cell.read())).series().getFirst();
		return Objects.requireNonNull(line.data().getFirst().getFirst());
	}

}
