package dev.threelanes.report.estimate;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PercentileTests {

	@Test
	void knowsHowManySamplesLieBeyond() {
		Percentile percentile = Percentile.of("p99", 99, samples(20_000));
		assertThat(percentile.beyond()).isEqualTo(200);
		assertThat(percentile.thin()).isFalse();
	}

	@Test
	void withFewerThanAHundredSamplesBeyondIsThin() {
		assertThat(Percentile.of("p99", 99, samples(10_000)).thin()).isFalse();
		assertThat(Percentile.of("p99", 99, samples(9_900)).thin()).isTrue();
	}

	@Test
	void withoutASampleBeyondIsAbsentAndNotTheMaximum() {
		Percentile present = Percentile.of("p999", 99.9, samples(1000));
		assertThat(present.beyond()).isOne();
		assertThat(present.valueMs()).isNotNull();
		Percentile absent = Percentile.of("p999", 99.9, samples(999));
		assertThat(absent.valueMs()).isNull();
		assertThat(absent.thin()).isFalse();
	}

	private static Histogram samples(int count) {
		Histogram histogram = new Histogram(3);
		for (int i = 1; i <= count; i++) {
			histogram.recordValue(i);
		}
		return histogram;
	}

}
