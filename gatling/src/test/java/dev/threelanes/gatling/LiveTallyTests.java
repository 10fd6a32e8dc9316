package dev.threelanes.gatling;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.threelanes.experiments.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LiveTallyTests {

	private final StepRecorder first = new StepRecorder(new Step.Burst("first", 5));

	private final StepRecorder second = new StepRecorder(new Step.Burst("second", 5));

	@Test
	void tellsOfTheLatestStepThatHasBegun() {
		this.first.correct(this.first.start());
		int answered = this.second.start();
		this.second.failed(this.second.start(), 503);
		this.second.start();
		this.second.correct(answered);
		assertThat(text().lines().toList()).containsExactly(LiveTally.HEADER, "second,3,1,1,0");
	}

	@Test
	void withoutAnAnswerThereIsNoPercentile() {
		this.first.start();
		assertThat(text().lines().toList()).containsExactly(LiveTally.HEADER, "first,1,0,0,");
	}

	@Test
	void countsStartsOfTheLastSecondAlone() {
		this.first.start();
		assertThat(LiveTally.text(List.of(this.first), System.nanoTime() + Duration.ofSeconds(2).toNanos()))
			.contains("first,0,0,0,");
	}

	@Test
	void beforeAnythingHasBegunTellsNothing() {
		assertThat(text().lines().toList()).containsExactly(LiveTally.HEADER);
	}

	@Test
	void writesTheFileEachSecond(@TempDir Path folder) {
		this.first.start();
		Path file = folder.resolve("live.csv");
		LiveTally tally = LiveTally.start(file, List.of(this.first));
		try (tally) {
			await().until(() -> Files.exists(file));
			assertThat(file).content().contains("first,");
		}
	}

	private String text() {
		return LiveTally.text(List.of(this.first, this.second), System.nanoTime());
	}

}
