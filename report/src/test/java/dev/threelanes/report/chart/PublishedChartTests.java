package dev.threelanes.report.chart;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.threelanes.report.Report;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.simulation.SimulatedRun;
import dev.threelanes.report.view.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PublishedChartTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void theSourcesFiguresStandBesideThoseOfTheRunInUnitsOfTheDelay() throws Exception {
		Chart chart = PublishedChart.of(result("batch")).orElseThrow();
		Table table = chart.table();
		assertThat(table.columns()).containsExactly("Requests at once", "source: one after the other (s)",
				"source: one after the other (D)", "source: 20 threads (s)", "source: 20 threads (D)", "MVC here (D)",
				"source: processes (s)", "source: processes (D)", "source: async (s)", "source: async (D)",
				"WebFlux here (D)", "Loom here (D)");
		assertThat(table.rows()).hasSize(5);
		Table.Row last = table.rows().getLast();
		assertThat(last.head()).isEqualTo("50");
		assertThat(last.cells().subList(0, 4)).containsExactly("250.70", "50.14", "15.10", "3.02");
		assertThat(Double.parseDouble(last.cells().get(4))).isBetween(3.0, 3.1);
		assertThat(Double.parseDouble(last.cells().get(9))).isBetween(1.0, 1.1);
		assertThat(Files.readString(this.folder.resolve("index.html"))).contains("Beside the source&#39;s own figures");
	}

	@Test
	void whereTheSourceGaveNoFiguresThereIsNoChart() throws Exception {
		assertThat(PublishedChart.of(result("workers"))).isEmpty();
	}

	private ExperimentResult result(String experiment) throws Exception {
		return Report.write(SimulatedRun.healthy(this.folder, experiment, 1).write()).experiments().getFirst();
	}

}
