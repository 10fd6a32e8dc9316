package dev.threelanes.report;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.Difference.Change;
import dev.threelanes.report.simulation.SimulatedCell;
import dev.threelanes.report.simulation.SimulatedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DifferencesTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void aRunIsEqualToItself() throws Exception {
		Path run = run("one", 3, UnaryOperator.identity());
		assertThat(Differences.between(run, run)).isNotEmpty()
			.allSatisfy((difference) -> assertThat(difference.change()).isEqualTo(Change.EQUAL));
	}

	@Test
	void aSlowerLaneIsWorseAndTheOthersAreNot() throws Exception {
		Path before = run("before", 3, UnaryOperator.identity());
		Path after = run("after", 3, (cell) -> cell.overheadMs(60));
		List<Difference> differences = Differences.between(before, after);
		assertThat(differences)
			.filteredOn((difference) -> difference.lane().equals("mvc") && difference.figure().equals("median, ms"))
			.isNotEmpty()
			.allSatisfy((difference) -> assertThat(difference.change()).isEqualTo(Change.WORSE));
		assertThat(differences).filteredOn((difference) -> difference.lane().equals("loom"))
			.allSatisfy((difference) -> assertThat(difference.change()).isEqualTo(Change.EQUAL));
		assertThat(Differences.between(after, before))
			.filteredOn((difference) -> difference.lane().equals("mvc") && difference.figure().equals("median, ms"))
			.allSatisfy((difference) -> assertThat(difference.change()).isEqualTo(Change.BETTER));
	}

	@Test
	void withFewerThanThreeForksNothingIsKnown() throws Exception {
		Path run = run("one", 2, UnaryOperator.identity());
		assertThat(Differences.between(run, run)).isNotEmpty()
			.allSatisfy((difference) -> assertThat(difference.change()).isEqualTo(Change.UNKNOWN));
	}

	@Test
	void whatMayNotBeQuotedIsNotCompared() throws Exception {
		Path before = run("before", 3, UnaryOperator.identity());
		Path after = run("after", 3, (cell) -> cell.problem("It rained"));
		assertThat(Differences.between(before, after)).filteredOn((difference) -> difference.lane().equals("mvc"))
			.isNotEmpty()
			.allSatisfy((difference) -> assertThat(difference.change()).isEqualTo(Change.INVALID));
	}

	// Each fork a little slower than the one before, as real ones are not alike either.
	private Path run(String name, int forks, UnaryOperator<SimulatedCell> mvc) throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder.resolve(name), "low-load", forks);
		for (int fork = 1; fork <= forks; fork++) {
			run.add(mvc.apply(SimulatedCell.of("low-load", Lane.MVC, fork)));
		}
		return run.write();
	}

}
