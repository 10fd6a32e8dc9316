package dev.threelanes.report.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BootstrapTests {

	@Test
	void tailsAreThoseOfHesterbergsTable() {
		// Φ(−√(n/(n−1))·t): t is 2.776 with n = 5 and 2.262 with n = 10.
		assertThat(Bootstrap.tail(5)).isCloseTo(0.00096, within(0.0001));
		assertThat(Bootstrap.tail(10)).isCloseTo(0.0086, within(0.0002));
		assertThat(Bootstrap.tail(10_000)).isCloseTo(0.025, within(0.0001));
	}

	@Test
	void sameValuesGiveTheSameInterval() {
		List<Double> values = List.of(3.0, 1.0, 4.0, 1.5, 5.9);
		assertThat(new Bootstrap().ofMean(values)).isEqualTo(new Bootstrap().ofMean(values));
	}

	@Test
	void severalRatiosHaveTheIntervalsThatEachHasAlone() {
		List<Double> goodput = List.of(19.0, 20.0, 21.0, 20.5);
		List<Double> latency = List.of(503.0, 507.0, 501.0, 502.0);
		List<Double> other = List.of(9.5, 10.0, 11.5);
		assertThat(new Bootstrap().ofRatios(List.of(goodput, latency), List.of(other, other))).containsExactly(
				new Bootstrap().ofRatios(List.of(goodput), List.of(other)).getFirst(),
				new Bootstrap().ofRatios(List.of(latency), List.of(other)).getFirst());
	}

	@Test
	void neverReachesBeyondWhatWasMeasured() {
		Interval interval = new Bootstrap().ofMean(List.of(1.0, 2.0, 6.0));
		assertThat(interval.low()).isGreaterThanOrEqualTo(1);
		assertThat(interval.high()).isLessThanOrEqualTo(6);
	}

	@Test
	void theIntervalOfAMeanHoldsItNineteenTimesInTwenty() {
		RandomGenerator random = new SplittableRandom(42);
		int held = 0;
		for (int i = 0; i < 200; i++) {
			List<Double> forks = new ArrayList<>();
			for (int fork = 0; fork < 5; fork++) {
				// Skewed, as forks are: most near 100, some far above.
				forks.add(100 + random.nextExponential());
			}
			Interval interval = Interval.ofMean(forks);
			held += (interval.low() <= 101 && 101 <= interval.high()) ? 1 : 0;
		}
		// Student alone holds a mean as skewed as this one in about 88 of 100.
		assertThat(held).isGreaterThanOrEqualTo(172);
	}

}
