package dev.threelanes.report.estimate;

import java.time.Duration;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

import dev.threelanes.experiments.Fault;
import dev.threelanes.experiments.Outage;
import dev.threelanes.report.cell.Timeline;
import dev.threelanes.report.cell.Timeline.Bin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * An answer every 20 ms, but for a fault from 10 s to 20 s after the begin.
 */
class RecoveryTests {

	private static final Outage OUTAGE = new Outage(new Fault.Hang(), Duration.ofSeconds(10), Duration.ofSeconds(10),
			Duration.ofSeconds(2));

	private static final double STEP_SECONDS = 32;

	@Test
	void whoIsWellAtOnceNeedsNoTime() {
		assertThat(millis((second) -> second < 10 || second >= 20)).isZero();
		assertThat(millis((second) -> true)).isZero();
	}

	@Test
	void isTheTimeUntilTheAnswersComeAgain() {
		// The 95th of them comes at 25.28 s, two seconds after 23.28 s and in the next
		// bin.
		assertThat(millis((second) -> second < 10 || second >= 23.4)).isEqualTo(3290);
	}

	@Test
	void aFewAnswersAreNoRecovery() {
		assertThat(millis((second) -> second < 10 || second >= 26 || second % 0.1 < 0.05)).isCloseTo(5900,
				within(120.0));
	}

	@Test
	void whoDoesNotRecoverHasAsLowerBoundAllThatTheStepStillLasted() {
		assertThat(millis((second) -> second < 10)).isEqualTo(12_000);
	}

	@Test
	void withoutAnAnswerBeforeTheFaultNobodyKnowsWhatIsNormal() {
		assertThat(millis((second) -> second >= 20)).isNull();
		assertThat(Recovery.millis(timeline((second) -> true), OUTAGE, 11, STEP_SECONDS)).isNull();
	}

	private static @Nullable Double millis(DoublePredicate answers) {
		return Recovery.millis(timeline(answers), OUTAGE, 0.4, STEP_SECONDS);
	}

	private static Timeline timeline(DoublePredicate answers) {
		List<Bin> bins = IntStream.range(0, 3200)
			.filter((index) -> index % 2 == 0 && answers.test(index / 100.0))
			.mapToObj((index) -> new Bin(index, 1, 1, 0, 1, 400_000))
			.toList();
		return new Timeline(bins);
	}

}
