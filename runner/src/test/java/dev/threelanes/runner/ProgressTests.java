package dev.threelanes.runner;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Settings;
import dev.threelanes.runner.RunPlan.PlannedCell;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ProgressTests {

	private final List<PlannedCell> cells = new RunPlan(List.of(Catalogue.experiment("slow-call")), Profile.QUICK,
			List.of(Lane.WEBFLUX, Lane.LOOM), List.of(), Settings.ALIGNED, 1, Map.of(), Cores.SHARED, 1)
		.cells();

	private final StringWriter text = new StringWriter();

	@Test
	void beforeAnythingIsMeasuredCountsWhatIsExpected() {
		try (Progress progress = new Progress(new PrintWriter(this.text), false, this.cells)) {
			progress.started(this.cells.getFirst());
			double each = this.cells.getFirst().expectedSeconds();
			assertThat(progress.secondsLeft(this.cells.getFirst(), 10)).isCloseTo(2 * each - 10, within(0.001));
		}
	}

	@Test
	void neverPromisesLessThanNothing() {
		try (Progress progress = new Progress(new PrintWriter(this.text), false, this.cells)) {
			progress.started(this.cells.getFirst());
			assertThat(progress.secondsLeft(this.cells.getLast(), 10_000))
				.isCloseTo(this.cells.getLast().expectedSeconds(), within(0.001));
		}
	}

	@Test
	void withoutATerminalPrintsALineACellAndItsProblems() {
		try (Progress progress = new Progress(new PrintWriter(this.text), false, this.cells)) {
			progress.started(this.cells.getFirst());
			progress.finished(this.cells.getFirst(), List.of("loom ended with status 137"));
		}
		assertThat(this.text.toString().lines()).hasSize(2)
			.first()
			.asString()
			.startsWith("[1/2] slow-call  " + this.cells.getFirst().subject().id() + "  fork 1  (")
			.endsWith(" left)");
		assertThat(this.text.toString()).contains("      ! loom ended with status 137").doesNotContain("\r");
	}

}
