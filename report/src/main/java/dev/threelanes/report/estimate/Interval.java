package dev.threelanes.report.estimate;

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A two-sided 95 % interval over forks.
 * <p>
 * Two methods stand behind it, and it reaches as far as the farther of the two on either
 * side. Student's supposes that forks spread normally; the {@linkplain Bootstrap
 * bootstrap} supposes that there are many. With the handful of forks that anybody has
 * time for neither is sure, and a verdict needs both.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {

	/** With fewer forks than this there is no interval worth the name. */
	public static final int ENOUGH_FORKS = 3;

	static final double UPPER = 0.975;

	/**
	 * The interval of a mean: Student's m ± t·s/√n with n − 1 degrees of freedom, and the
	 * bootstrap's.
	 * @param values a value a fork, at least two
	 * @return the interval
	 */
	public static Interval ofMean(List<Double> values) {
		int n = values.size();
		return around(mean(values), Math.sqrt(variance(values) / n), n - 1.0).and(new Bootstrap().ofMean(values));
	}

	/**
	 * The interval of the difference of two means: Welch's, which does not suppose that
	 * both spread alike, and the bootstrap's.
	 * @param left a value a fork, at least two
	 * @param right a value a fork, at least two
	 * @return the interval of left − right
	 */
	public static Interval ofDifference(List<Double> left, List<Double> right) {
		double a = variance(left) / left.size();
		double b = variance(right) / right.size();
		return around(mean(left) - mean(right), Math.sqrt(a + b), freedom(a, left.size(), b, right.size()))
			.and(new Bootstrap().ofDifference(left, right));
	}

	/**
	 * The intervals of ratios of two means, of several figures of the same forks: Welch's
	 * of the difference of their logarithms, with the errors that the delta method gives,
	 * and the bootstrap's.
	 * @param left for each figure a value a fork, at least two, all positive
	 * @param right for each figure a value a fork, at least two, all positive
	 * @return for each figure the interval of left / right
	 */
	public static List<Interval> ofRatios(List<List<Double>> left, List<List<Double>> right) {
		if (left.isEmpty()) {
			return List.of();
		}
		List<Interval> drawn = new Bootstrap().ofRatios(left, right);
		List<Interval> intervals = new ArrayList<>();
		for (int i = 0; i < drawn.size(); i++) {
			intervals.add(welch(left.get(i), right.get(i)).and(drawn.get(i)));
		}
		return intervals;
	}

	private static Interval welch(List<Double> left, List<Double> right) {
		double meanLeft = mean(left);
		double meanRight = mean(right);
		double a = variance(left) / left.size() / (meanLeft * meanLeft);
		double b = variance(right) / right.size() / (meanRight * meanRight);
		Interval log = around(Math.log(meanLeft / meanRight), Math.sqrt(a + b),
				freedom(a, left.size(), b, right.size()));
		return new Interval(Math.exp(log.low), Math.exp(log.high));
	}

	/**
	 * The arithmetic mean.
	 * @param values at least one value
	 * @return the mean
	 */
	public static double mean(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
	}

	private Interval and(Interval other) {
		return new Interval(Math.min(this.low, other.low), Math.max(this.high, other.high));
	}

	// Welch and Satterthwaite.
	private static double freedom(double a, int leftSize, double b, int rightSize) {
		return (a + b > 0) ? (a + b) * (a + b) / (a * a / (leftSize - 1) + b * b / (rightSize - 1)) : 1;
	}

	private static Interval around(double mean, double error, double freedom) {
		double reach = TDistribution.of(freedom).inverseCumulativeProbability(UPPER) * error;
		return new Interval(mean - reach, mean + reach);
	}

	private static double variance(List<Double> values) {
		double mean = mean(values);
		return values.stream().mapToDouble((value) -> (value - mean) * (value - mean)).sum() / (values.size() - 1);
	}

}
