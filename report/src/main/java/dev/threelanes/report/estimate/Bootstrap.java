package dev.threelanes.report.estimate;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Intervals by resampling: forks are drawn again from those that were measured, with
 * replacement, and the figure is computed of each draw (B. Efron, 1979).
 * <p>
 * With few forks the plain percentile interval is too narrow. It is therefore expanded as
 * T. Hesterberg proposes in "What Teachers Should Know About the Bootstrap" (2015): its
 * tails are Φ(−√(n/(n−1))·t), where t is Student's quantile with n − 1 degrees of
 * freedom. The draws come from a fixed seed, so that the same files give the same page.
 */
final class Bootstrap {

	private static final int DRAWS = 10_000;

	private static final long SEED = 20_151_019;

	private final SplittableRandom random = new SplittableRandom(SEED);

	Interval ofMean(List<Double> values) {
		double[] drawn = values(values);
		return interval(() -> draw(drawn), values.size());
	}

	Interval ofDifference(List<Double> left, List<Double> right) {
		double[] a = values(left);
		double[] b = values(right);
		return interval(() -> draw(a) - draw(b), Math.min(left.size(), right.size()));
	}

	// Of as many figures of the same forks as there are, from the same draws: to draw
	// takes longer than to compute.
	List<Interval> ofRatios(List<List<Double>> left, List<List<Double>> right) {
		int[] placesLeft = new int[left.getFirst().size()];
		int[] placesRight = new int[right.getFirst().size()];
		double[][] a = left.stream().map(Bootstrap::values).toArray(double[][]::new);
		double[][] b = right.stream().map(Bootstrap::values).toArray(double[][]::new);
		double[][] drawn = new double[a.length][DRAWS];
		for (int draw = 0; draw < DRAWS; draw++) {
			drawPlaces(placesLeft);
			drawPlaces(placesRight);
			for (int figure = 0; figure < a.length; figure++) {
				drawn[figure][draw] = mean(a[figure], placesLeft) / mean(b[figure], placesRight);
			}
		}
		int forks = Math.min(placesLeft.length, placesRight.length);
		return Arrays.stream(drawn).map((ratios) -> interval(ratios, forks)).toList();
	}

	private static double[] values(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).toArray();
	}

	private Interval interval(DoubleSupplier figure, int forks) {
		double[] drawn = new double[DRAWS];
		Arrays.setAll(drawn, (i) -> figure.getAsDouble());
		return interval(drawn, forks);
	}

	private static Interval interval(double[] drawn, int forks) {
		double tail = tail(forks);
		double[] ends = Quantile.withDefaults().evaluate(drawn, tail, 1 - tail);
		return new Interval(ends[0], ends[1]);
	}

	/**
	 * The share of the draws on either side of the interval.
	 * @param forks n
	 * @return Φ(−√(n/(n−1))·t)
	 */
	static double tail(int forks) {
		double t = TDistribution.of(forks - 1.0).inverseCumulativeProbability(Interval.UPPER);
		return NormalDistribution.of(0, 1).cumulativeProbability(-Math.sqrt(forks / (forks - 1.0)) * t);
	}

	// The mean of as many values as there are, each drawn from all.
	private double draw(double[] values) {
		int[] places = new int[values.length];
		drawPlaces(places);
		return mean(values, places);
	}

	private void drawPlaces(int[] places) {
		for (int i = 0; i < places.length; i++) {
			places[i] = this.random.nextInt(places.length);
		}
	}

	private static double mean(double[] values, int[] places) {
		double sum = 0;
		for (int place : places) {
			sum += values[place];
		}
		return sum / places.length;
	}

}
