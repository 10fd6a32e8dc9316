package dev.threelanes.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.simulation.SimulatedCell;
import dev.threelanes.report.simulation.SimulatedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ComparisonReportTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void saysHowMuchGotWorseAndWhatElseWasDifferent() throws Exception {
		String page = page(run("before", UnaryOperator.identity()), run("after", (cell) -> cell.overheadMs(60)));
		assertThat(page).containsPattern("Of \\d+ figures: [1-9]\\d* figures got worse")
			.containsSubsequence("low-load: Is async any faster", "class=\"worse\"", "What else was different?", "JDK")
			.doesNotContain("class=\"better\"");
	}

	@Test
	void aRunBesideItselfIsEqual() throws Exception {
		Path run = run("one", UnaryOperator.identity());
		assertThat(page(run, run)).contains("0 figures got worse", "equal within noise")
			.doesNotContain("class=\"worse\"", "class=\"different\"", "<script");
	}

	private String page(Path before, Path after) throws Exception {
		List<Difference> differences = Differences.between(before, after);
		Path page = this.folder.resolve("comparison.html");
		ComparisonReport.write(before, after, differences, page);
		return Files.readString(page);
	}

	private Path run(String name, UnaryOperator<SimulatedCell> mvc) throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder.resolve(name), "low-load", 3);
		for (int fork = 1; fork <= 3; fork++) {
			run.add(mvc.apply(SimulatedCell.of("low-load", Lane.MVC, fork)));
		}
		return run.write();
	}

}
