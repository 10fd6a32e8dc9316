package dev.threelanes.report.estimate;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Quantiles of Student's distribution at 0.975 from tables: 4.3027 with 2 degrees of
 * freedom, 2.7764 with 4.
 */
class IntervalTests {

	@Test
	void ofAMeanIsStudents() {
		Interval interval = Interval.ofMean(List.of(1.0, 2.0, 3.0));
		assertThat(interval.low()).isCloseTo(2 - 4.3027 / Math.sqrt(3), within(1e-4));
		assertThat(interval.high()).isCloseTo(2 + 4.3027 / Math.sqrt(3), within(1e-4));
	}

	@Test
	void ofADifferenceIsWelchs() {
		// Equal sizes and variances: 2 (n − 1) degrees of freedom.
		Interval interval = Interval.ofDifference(List.of(11.0, 12.0, 13.0), List.of(1.0, 2.0, 3.0));
		assertThat(interval.low()).isCloseTo(10 - 2.7764 * Math.sqrt(2.0 / 3), within(1e-4));
		assertThat(interval.high()).isCloseTo(10 + 2.7764 * Math.sqrt(2.0 / 3), within(1e-4));
	}

	@Test
	void ofEqualValuesIsAPoint() {
		assertThat(Interval.ofMean(List.of(5.0, 5.0, 5.0))).isEqualTo(new Interval(5, 5));
		assertThat(Interval.ofDifference(List.of(5.0, 5.0), List.of(2.0, 2.0))).isEqualTo(new Interval(3, 3));
	}

	@Test
	void ofARatioHoldsTheRatioOfTheMeans() {
		Interval interval = Interval.ofRatios(List.of(List.of(19.0, 20.0, 21.0)), List.of(List.of(9.5, 10.0, 10.5)))
			.getFirst();
		assertThat(interval.low()).isBetween(1.7, 1.95);
		assertThat(interval.high()).isBetween(2.05, 2.35);
		assertThat(interval.low() * interval.high()).isCloseTo(4, within(0.05));
	}

}
