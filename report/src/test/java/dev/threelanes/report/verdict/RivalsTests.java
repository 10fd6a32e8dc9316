package dev.threelanes.report.verdict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.Report;
import dev.threelanes.report.results.PredictionResult;
import dev.threelanes.report.results.PredictionResult.Check;
import dev.threelanes.report.results.Verdict;
import dev.threelanes.report.simulation.SimulatedCell;
import dev.threelanes.report.simulation.SimulatedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What is predicted to be the best of its kind may be better than its rivals, and as good
 * within the band, but not worse.
 */
class RivalsTests {

	private static final String MEDIAN = "median latency";

	private static final int FORKS = 3;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void whoIsAsGoodAsItsRivalsIsTheBest() throws Exception {
		List<Check> checks = checks(3, 3);
		assertThat(checks).extracting(Check::lane, Check::other, Check::limit, Check::verdict)
			.containsExactly(tuple("mvc", "mvc-jdk", "at most", Verdict.CONFIRMED),
					tuple("mvc", "mvc-jetty", "at most", Verdict.CONFIRMED));
	}

	@Test
	void whoIsMuchBetterThanItsRivalsIsTheBest() throws Exception {
		assertThat(checks(3, 30)).hasSize(2).extracting(Check::verdict).containsOnly(Verdict.CONFIRMED);
	}

	@Test
	void whoIsWorseThanARivalIsNot() throws Exception {
		assertThat(checks(30, 3)).hasSize(2)
			.allSatisfy((check) -> assertThat(check.finding()).isEqualTo("outside the predicted band"))
			.extracting(Check::verdict)
			.containsOnly(Verdict.REFUTED);
	}

	// A rival that was not measured is compared with nobody.
	private List<Check> checks(double ownMs, double rivalsMs) throws IOException {
		SimulatedRun run = new SimulatedRun(this.folder);
		for (int fork = 1; fork <= FORKS; fork++) {
			// Forks differ, as they do.
			double noise = 0.1 * fork;
			run.add(SimulatedCell.of("clients", Lane.MVC, fork).overheadMs(ownMs + noise));
			for (String rival : List.of("mvc-jdk", "mvc-jetty")) {
				run.add(SimulatedCell.of("clients", rival, Lane.MVC, fork).overheadMs(rivalsMs + noise));
			}
		}
		return Report.write(run.write())
			.experiments()
			.getFirst()
			.prediction()
			.stream()
			.filter((prediction) -> prediction.quantity().equals(MEDIAN))
			.map(PredictionResult::checks)
			.findFirst()
			.orElseThrow();
	}

}
