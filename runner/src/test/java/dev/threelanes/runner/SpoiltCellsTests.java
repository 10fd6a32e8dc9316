package dev.threelanes.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.Report;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.Manifest.Repeat;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.runner.RunPlan.PlannedCell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which measurements are made again, on doctored copies of a live one.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SpoiltCellsTests {

	private static final PlannedCell MVC = SmokeRun.plan(Lane.MVC).cells().getFirst();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@SuppressWarnings("NullAway.Init")
	private DoctoredRun recorded;

	@SuppressWarnings("NullAway.Init")
	private RunFiles fresh;

	@BeforeEach
	void record() throws Exception {
		this.recorded = DoctoredRun.copyOf(SmokeRun.healthy().folder(), this.folder.resolve("copy"));
		this.fresh = new RunFiles(this.folder.resolve("fresh"));
	}

	@Test
	void aCellThatNothingSpoiltIsPublished() throws Exception {
		SpoiltCells spoilt = new SpoiltCells(this.fresh, 2);
		assertThat(spoilt.takes(MVC, this.recorded.cell("mvc"))).isFalse();
		assertThat(spoilt.repeats()).isEmpty();
		assertThat(this.recorded.cell("mvc").cell()).exists();
	}

	@Test
	void aCellThatTheDownstreamSpoiltIsPutAsideWithTheReason() throws Exception {
		SpoiltCells spoilt = new SpoiltCells(this.fresh, 2);
		assertThat(spoilt.takes(MVC, withALateDownstream())).isTrue();
		assertThat(this.recorded.cell("mvc").folder()).doesNotExist();
		CellFiles kept = new CellFiles(this.fresh.folder().resolve("spoilt/slow-call/mvc/1-1"));
		assertThat(kept.read().cell().lane()).isEqualTo("mvc");
		assertThat(spoilt.repeats()).singleElement().satisfies((repeat) -> {
			assertThat(repeat.cell()).isEqualTo("slow-call/mvc/1");
			assertThat(repeat.attempt()).isEqualTo(1);
			assertThat(repeat.reasons()).isNotEmpty()
				.allSatisfy((reason) -> assertThat(reason).contains("x T/D: The downstream gave only"));
		});
		assertThat(this.fresh.cells()).isEmpty();
	}

	@Test
	void theLastAttemptIsPublishedEvenWhenItIsSpoilt() throws Exception {
		assertThat(new SpoiltCells(this.fresh, 1).takes(MVC, withALateDownstream())).isFalse();
		assertThat(this.recorded.cell("mvc").cell()).exists();
	}

	@Test
	void whatTheLaneDidIsNeverMeasuredAgain() throws Exception {
		this.recorded.fail("mvc", "0.50 x T/D", "status-503", 1);
		assertThat(new SpoiltCells(this.fresh, 5).takes(MVC, this.recorded.seal().cell("mvc"))).isFalse();
	}

	@Test
	void aLaneThatDiedIsNeverMeasuredAgainHoweverLateTheDownstreamWas() throws Exception {
		withALateDownstream();
		this.recorded.json(this.recorded.cell("mvc").cell(), (cell) -> cell.putNull("identityAfter"));
		assertThat(new SpoiltCells(this.fresh, 5).takes(MVC, this.recorded.seal().cell("mvc"))).isFalse();
		assertThat(this.recorded.cell("mvc").cell()).exists();
	}

	@Test
	void aRunThatIsTakenUpKnowsWhatWasSpoiltBefore() throws Exception {
		SpoiltCells before = new SpoiltCells(this.fresh, 2);
		before.takes(MVC, withALateDownstream());
		SpoiltCells after = new SpoiltCells(this.fresh, 2);
		after.adopt(List.of(MVC));
		assertThat(after.repeats()).isEqualTo(before.repeats());
		record();
		assertThat(after.takes(MVC, withALateDownstream())).isFalse();
	}

	@Test
	void aSpoiltLastAttemptIsGivenUpWhenMoreAreAllowedAndAHealthyOneNever() throws Exception {
		FinishedCells finished = new FinishedCells(new RunFiles(this.recorded.folder()));
		finished.add(MVC);
		assertThat(finished.giveUp(List.of(MVC), new SpoiltCells(this.fresh, 2)::wants)).isEmpty();
		CellFiles spoilt = withALateDownstream();
		assertThat(finished.giveUp(List.of(MVC), new SpoiltCells(this.fresh, 1)::wants)).isEmpty();
		assertThat(finished.contains(MVC)).isTrue();
		assertThat(finished.giveUp(List.of(MVC), new SpoiltCells(this.fresh, 2)::wants)).containsExactly(MVC);
		assertThat(finished.contains(MVC)).isFalse();
		assertThat(spoilt.cell()).exists();
	}

	@Test
	void thePageNamesWhatWasMeasuredAgainAndWhy() throws Exception {
		this.recorded.json(new RunFiles(this.recorded.folder()).manifest(), (manifest) -> manifest.putArray("repeats")
			.addPOJO(new Repeat("slow-call/mvc/1", 1, List.of("1.00 x T/D: It rained."))));
		Report.write(this.recorded.folder());
		assertThat(this.recorded.folder().resolve("index.html")).content()
			.contains("slow-call/mvc/1 was measured again, since attempt 1 was spoilt. 1.00 x T/D: It rained.");
	}

	@Test
	void refusesNoAttemptAndElevenOfThem() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SpoiltCells(this.fresh, 0))
			.withMessage("attempts must be between 1 and 10, not 0");
		assertThatIllegalArgumentException().isThrownBy(() -> new SpoiltCells(this.fresh, 11))
			.withMessage("attempts must be between 1 and 10, not 11");
	}

	private CellFiles withALateDownstream() throws Exception {
		this.recorded.column(this.recorded.cell("mvc").samples(), "downstreamWithin25ms", (value) -> 0.9 * value);
		return this.recorded.seal().cell("mvc");
	}

}
