package dev.threelanes.report.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TrendTests {

	@Test
	void fitsALine() {
		Trend trend = Trend.of(List.of(point(0, 10), point(1, 12), point(2, 14), point(3, 16)));
		assertThat(trend.slope()).isEqualTo(2, within(1e-9));
		assertThat(trend.drift()).isEqualTo(6, within(1e-9));
	}

	@Test
	void knowsHowProbableASlopeIsByChance() {
		// Slope 0.8, t = 1.886 with 2 degrees of freedom.
		Trend trend = Trend.of(List.of(point(0, 1), point(1, 3), point(2, 2), point(3, 4)));
		assertThat(trend.slope()).isEqualTo(0.8, within(1e-9));
		assertThat(trend.p()).isEqualTo(0.2, within(0.001));
		assertThat(trend.drift()).isZero();
	}

	@Test
	void noiseSeldomDrifts() {
		SplittableRandom random = new SplittableRandom(1);
		int drifted = 0;
		for (int i = 0; i < 1000; i++) {
			List<double[]> points = new ArrayList<>();
			for (int second = 0; second < 10; second++) {
				points.add(point(second, random.nextGaussian()));
			}
			drifted += (Trend.of(points).drift() != 0) ? 1 : 0;
		}
		assertThat(drifted).isBetween(2, 20);
	}

	@Test
	void threePointsAreNoTrend() {
		assertThat(Trend.of(List.of(point(0, 0), point(1, 1), point(2, 2))).drift()).isZero();
	}

	private static double[] point(double seconds, double value) {
		return new double[] { seconds, value };
	}

}
