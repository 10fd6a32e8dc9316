package dev.threelanes.report.estimate;

import java.util.List;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A straight line through points in time, and whether its slope can be told from noise.
 *
 * @param slope the least-squares slope, in the points' unit a second
 * @param seconds the time between the first point and the last
 * @param p the probability of a slope this steep, or steeper, where there is none
 */
public record Trend(double slope, double seconds, double p) {

	/** A slope less probable than this by chance is no chance. */
	public static final double SIGNIFICANT = 0.01;

	private static final int ENOUGH_POINTS = 4;

	/**
	 * Fits the line by least squares and tests its slope by Student's t with n − 2
	 * degrees of freedom.
	 * @param points seconds and values, in the order of time
	 * @return the trend; no slope with fewer than four points
	 */
	public static Trend of(List<double[]> points) {
		int n = points.size();
		if (n < ENOUGH_POINTS) {
			return new Trend(0, 0, 1);
		}
		double meanTime = points.stream().mapToDouble((point) -> point[0]).average().orElseThrow();
		double meanValue = points.stream().mapToDouble((point) -> point[1]).average().orElseThrow();
		double covariance = 0;
		double variance = 0;
		double total = 0;
		for (double[] point : points) {
			covariance += (point[0] - meanTime) * (point[1] - meanValue);
			variance += (point[0] - meanTime) * (point[0] - meanTime);
			total += (point[1] - meanValue) * (point[1] - meanValue);
		}
		double slope = covariance / variance;
		double seconds = points.getLast()[0] - points.getFirst()[0];
		double unexplained = Math.max(0, total - slope * covariance);
		if (unexplained == 0) {
			return new Trend(slope, seconds, (slope != 0) ? 0 : 1);
		}
		double t = slope / Math.sqrt(unexplained / (n - 2) / variance);
		return new Trend(slope, seconds, 2 * TDistribution.of(n - 2.0).survivalProbability(Math.abs(t)));
	}

	/**
	 * By how much the values drift over the whole time, where that is no chance.
	 * @return the drift in the points' unit, 0 if the slope may be noise
	 */
	public double drift() {
		return (this.p < SIGNIFICANT) ? this.slope * this.seconds : 0;
	}

}
