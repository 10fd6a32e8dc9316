package dev.threelanes.experiments;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class StepTests {

	private static final Step.Open CONSTANT = new Step.Open("1.00 x T/D", 50, Duration.ofSeconds(3));

	private static final Step.Open RISING = new Step.Open(Step.WARM_UP, 4, 40, Duration.ofSeconds(8));

	@Test
	void usersAreTheMeanRateTimesTheDuration() {
		assertThat(CONSTANT.users()).isEqualTo(150);
		assertThat(RISING.users()).isEqualTo(176);
	}

	@Test
	void usersOfAConstantRateAreDueAtEvenIntervals() {
		assertThat(CONSTANT.dueSeconds(0)).isZero();
		assertThat(CONSTANT.dueSeconds(1)).isEqualTo(0.02, within(1e-12));
		assertThat(CONSTANT.dueSeconds(149)).isEqualTo(2.98, within(1e-12));
	}

	@Test
	void usersOfARisingRateAreDueEverCloser() {
		assertThat(RISING.dueSeconds(0)).isZero();
		assertThat(RISING.dueSeconds(1)).isEqualTo(2 / 9.0, within(1e-12));
		assertThat(RISING.dueSeconds(176)).isEqualTo(8, within(1e-9));
		assertThat(RISING.dueSeconds(176) - RISING.dueSeconds(175)).isEqualTo(1 / 40.0, within(0.001));
	}

	@Test
	void ratesAndDurationArePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Step.Open("none", 0, Duration.ofSeconds(1)))
			.withMessage("rate and duration of step 'none' must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> new Step.Open("none", 0, 1, Duration.ofSeconds(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new Step.Open("none", 1, Duration.ZERO));
	}

	@Test
	void makesRoomForEveryRequest() {
		assertThat(CONSTANT.mostRequests()).isGreaterThan(150);
		assertThat(new Step.Burst("5 at once", 5).mostRequests()).isEqualTo(5);
		assertThat(new Step.Closed("8 users", 8, Duration.ofSeconds(6)).mostRequests()).isGreaterThan(6 * 10_000);
	}

	@Test
	void whoWaitsIsWokenTwoSecondsApart() {
		Step.Waiting waiting = new Step.Waiting("10 waiting", 10, Duration.ofMillis(20), Duration.ofSeconds(6));
		assertThat(waiting.duration()).isEqualTo(Duration.ofMillis(20 + 6000 + 2 * 2000));
		assertThat(waiting.mostRequests()).isEqualTo(10);
		assertThat(new Step.Held("5 held", 5, Duration.ofSeconds(1)).mostRequests()).isEqualTo(5);
	}

	@Test
	void everyUserOfAMixBelongsToOnePart() {
		Mix mix = new Mix("mix", 70, Duration.ofSeconds(2), 7);
		Step.Part few = new Step.Part("few", mix, 0, 2);
		Step.Part others = new Step.Part("others", mix, 2, 5);
		for (long user = 0; user < 140; user++) {
			assertThat(few.has(user)).isNotEqualTo(others.has(user)).isEqualTo(user % 7 < 2);
		}
		assertThat(few.users()).isEqualTo(40);
		assertThat(others.users()).isEqualTo(100);
		assertThat(few.offeredRps()).isEqualTo(20);
		assertThat(others.offeredRps()).isEqualTo(50);
		assertThat(mix.turnSeconds()).isEqualTo(0.1);
	}

	@Test
	void usersOfAPartAreDueAtTheirPlaceInTheTurn() {
		Mix mix = new Mix("mix", 10, Duration.ofSeconds(1), 5);
		Step.Part few = new Step.Part("few", mix, 0, 2);
		Step.Part others = new Step.Part("others", mix, 2, 3);
		assertThat(LongStream.range(0, few.users()).mapToDouble(few::dueSeconds)).containsExactly(0.0, 0.1, 0.5, 0.6);
		assertThat(LongStream.range(0, others.users()).mapToDouble(others::dueSeconds)).containsExactly(0.2, 0.3, 0.4,
				0.7, 0.8, 0.9);
	}

	@Test
	void aTurnThatIsCutShortCountsWhoCame() {
		Mix mix = new Mix("mix", 8, Duration.ofSeconds(1), 5);
		assertThat(new Step.Part("few", mix, 0, 2).users()).isEqualTo(4);
		assertThat(new Step.Part("others", mix, 2, 3).users()).isEqualTo(4);
	}

	@Test
	void aPartHasAPlaceInItsTurn() {
		Mix mix = new Mix("mix", 8, Duration.ofSeconds(1), 5);
		assertThatIllegalArgumentException().isThrownBy(() -> new Step.Part("few", mix, 3, 3))
			.withMessage("part 'few' must have a place in its turn");
		assertThatIllegalArgumentException().isThrownBy(() -> new Step.Part("few", mix, 0, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> new Mix("mix", 8, Duration.ofSeconds(1), 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new Load.Beside(List.of(), 1));
	}

	@Test
	void thereIsSomebodyInEveryStep() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Step.Held("none", 0, Duration.ofSeconds(1)))
			.withMessage("step 'none' needs a user and time to arrive");
		assertThatIllegalArgumentException().isThrownBy(() -> new Step.Held("none", 1, Duration.ZERO));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Step.Waiting("none", 1, Duration.ofSeconds(1), Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new Load.WakeUps(List.of(100, 10)));
		assertThatIllegalArgumentException().isThrownBy(() -> new Step.Burst("none", 0))
			.withMessage("step 'none' needs a user");
		assertThatIllegalArgumentException().isThrownBy(() -> new Step.Closed("none", 0, Duration.ofSeconds(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new Load.Bursts(List.of(2, 5)));
		assertThatIllegalArgumentException().isThrownBy(() -> new Load.Closed(List.of(2, 1)));
	}

}
