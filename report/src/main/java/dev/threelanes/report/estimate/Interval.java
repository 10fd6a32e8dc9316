package dev.threelanes.report.estimate;

import java.util.List;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A two-sided 95 % interval of a mean over forks.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {

	/** With fewer forks than this there is no interval worth the name. */
	public static final int ENOUGH_FORKS = 3;

	private static final double UPPER = 0.975;

	/**
	 * Student's interval of a mean: m ± t·s/√n with n − 1 degrees of freedom.
	 * @param values a value a fork, at least two
	 * @return the interval
	 */
	public static Interval ofMean(List<Double> values) {
		int n = values.size();
		return around(mean(values), Math.sqrt(variance(values) / n), n - 1.0);
	}

	/**
	 * Welch's interval of the difference of two means, which does not suppose that both
	 * spread alike.
	 * @param left a value a fork, at least two
	 * @param right a value a fork, at least two
	 * @return the interval of left − right
	 */
	public static Interval ofDifference(List<Double> left, List<Double> right) {
		double a = variance(left) / left.size();
		double b = variance(right) / right.size();
		double freedom = (a + b > 0) ? (a + b) * (a + b) / (a * a / (left.size() - 1) + b * b / (right.size() - 1)) : 1;
		return around(mean(left) - mean(right), Math.sqrt(a + b), freedom);
	}

	/**
	 * The arithmetic mean.
	 * @param values at least one value
	 * @return the mean
	 */
	public static double mean(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
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
