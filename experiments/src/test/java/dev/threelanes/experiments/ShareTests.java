package dev.threelanes.experiments;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class ShareTests {

	private static final Duration SECONDS = Duration.ofSeconds(3);

	private static final Mix MIX = new Mix("mix", 40, SECONDS, 5);

	private static final List<Step> EVERY_KIND = List.of(new Step.Open("constant", 33.3, SECONDS),
			new Step.Open("rising", 10, 90, SECONDS), new Step.Part("first", MIX, 0, 2),
			new Step.Part("second", MIX, 2, 3), new Step.Burst("burst", 50), new Step.Closed("closed", 16, SECONDS),
			new Step.Held("held", 1000, SECONDS), new Step.Waiting("waiting", 100, SECONDS, SECONDS));

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 64 })
	void togetherTheSharesAreTheWholeScheduleUserByUser(int injectors) {
		for (Step step : EVERY_KIND) {
			assertThat(union(injectors, (share) -> share.arrivals(step))).as(step.name())
				.containsExactly(sorted(Share.WHOLE.arrivals(step)));
			assertThat(union(injectors, (share) -> share.recorded(step))).as(step.name())
				.containsExactly(sorted(Share.WHOLE.recorded(step)));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 7, 64 })
	void togetherTheSharesAreEveryScheduleOfTheCatalogue(int injectors) {
		for (Experiment experiment : Catalogue.experiments()) {
			for (Step step : experiment.schedule(Profile.SMOKE, experiment.parameters(Profile.SMOKE, Map.of())).all()) {
				assertThat(union(injectors, (share) -> share.recorded(step))).as(step.name())
					.containsExactly(sorted(Share.WHOLE.recorded(step)));
			}
		}
	}

	@Test
	void theWholeIsWhatTheStepsDeclare() {
		Step.Open rising = new Step.Open("rising", 10, 90, SECONDS);
		assertThat(Share.WHOLE.arrivals(rising)).hasSize(Math.toIntExact(rising.users()));
		assertThat(Share.WHOLE.arrivals(rising)[100]).isEqualTo(rising.dueSeconds(100));
		Step.Part second = new Step.Part("second", MIX, 2, 3);
		assertThat(Share.WHOLE.recorded(second)).hasSize(Math.toIntExact(second.users()));
		assertThat(Share.WHOLE.recorded(second)[4]).isEqualTo(second.dueSeconds(4));
	}

	@Test
	void everyInjectorHasAPhaseOfItsOwn() {
		Step.Open step = new Step.Open("open", 30, SECONDS);
		assertThat(new Share(3, 0).arrivals(step)).hasSize(30).startsWith(0, 0.1, 0.2);
		assertThat(new Share(3, 1).arrivals(step)).hasSize(30).startsWith(1 / 30.0, 4 / 30.0);
		assertThat(new Share(3, 2).arrivals(step)).hasSize(30).startsWith(2 / 30.0, 5 / 30.0);
		assertThat(new Share(3, 2).number(1)).isEqualTo(5);
	}

	@Test
	void whatDoesNotDivideEvenlyIsSharedNonetheless() {
		Step.Burst burst = new Step.Burst("burst", 5);
		assertThat(IntStream.range(0, 3).map((injector) -> new Share(3, injector).arrivals(burst).length))
			.containsExactly(2, 2, 1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0  | 0  | injectors must be between 1 and 64, not 0
			65 | 0  | injectors must be between 1 and 64, not 65
			3  | 3  | injector must be between 0 and 2, not 3
			3  | -1 | injector must be between 0 and 2, not -1
			""")
	void whenOutOfBoundsNamesThem(int injectors, int injector, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Share(injectors, injector)).withMessage(message);
	}

	@Test
	void whenAStepHasTooFewUsersNamesItAndItsBound() {
		Schedule bursts = new Schedule(List.of(), List.of(new Step.Burst("7 at once", 7)));
		assertThatNoException().isThrownBy(() -> Share.requireShareable("workers", bursts, 7));
		assertThatIllegalArgumentException().isThrownBy(() -> Share.requireShareable("workers", bursts, 8))
			.withMessage("workers cannot be shared by 8 injectors: its step '7 at once' has 7 of them as its bound, "
					+ "since no more users arrive in it");
		Schedule waiting = new Schedule(List.of(), List.of(new Step.Waiting("9 waiting", 9, SECONDS, SECONDS)));
		assertThatIllegalArgumentException().isThrownBy(() -> Share.requireShareable("wake-up", waiting, 2))
			.withMessageContaining("'9 waiting' is one of callers whom another wakes and counts");
	}

	private static double[] union(int injectors, Function<Share, double[]> times) {
		return IntStream.range(0, injectors)
			.mapToObj((injector) -> new Share(injectors, injector))
			.map(times)
			.flatMapToDouble(DoubleStream::of)
			.sorted()
			.toArray();
	}

	private static double[] sorted(double[] times) {
		double[] copy = times.clone();
		Arrays.sort(copy);
		return copy;
	}

}
