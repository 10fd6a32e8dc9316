package dev.threelanes.report.verdict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Profile;
import dev.threelanes.report.Report;
import dev.threelanes.report.results.PredictionResult.Check;
import dev.threelanes.report.results.Verdict;
import dev.threelanes.report.simulation.SimulatedCell;
import dev.threelanes.report.simulation.SimulatedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A percentile that too few answers lie beyond is no figure to judge by, and no fault of
 * the measurement either.
 */
class ThinPercentileTests {

	private static final String WITHHELD = "withheld: it rests on fewer than 100 answers beyond it";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void aStepOfFewAnswersLeavesItsPercentileOpen() throws Exception {
		assertThat(checks(Profile.SMOKE)).isNotEmpty().allSatisfy((check) -> {
			assertThat(check.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
			assertThat(check.finding()).isEqualTo(WITHHELD);
			assertThat(check.measured()).isNull();
		});
	}

	@Test
	void aStepOfEnoughAnswersIsJudgedByIt() throws Exception {
		assertThat(checks(Profile.QUICK)).isNotEmpty().allSatisfy((check) -> {
			assertThat(check.finding()).isNotEqualTo(WITHHELD);
			assertThat(check.measured()).isPositive();
		});
	}

	private List<Check> checks(Profile profile) throws IOException {
		SimulatedRun run = new SimulatedRun(this.folder);
		run.add(SimulatedCell.of("cpu-hog", Lane.LOOM, 1).profile(profile));
		return Report.write(run.write())
			.experiments()
			.getFirst()
			.prediction()
			.stream()
			.flatMap((prediction) -> prediction.checks().stream())
			.toList();
	}

}
