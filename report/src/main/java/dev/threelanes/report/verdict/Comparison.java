package dev.threelanes.report.verdict;

import java.util.List;

import dev.threelanes.experiments.Band;
import dev.threelanes.experiments.Prediction.Side;
import dev.threelanes.report.estimate.Interval;
import dev.threelanes.report.results.Figures;
import dev.threelanes.report.results.PredictionResult.Check;
import dev.threelanes.report.results.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Compares measured values, one a fork, with a band.
 * <p>
 * One or two forks say where a value lies and not how far the next one would lie from it,
 * so that they neither confirm nor refute anything.
 *
 * @param lane the lane
 * @param other the lane that it should equal; absent for a predicted value
 * @param step the step
 * @param band how far a measurement may differ
 * @param resolution the least that two measurements can differ by without being equal,
 * such as one answer in the window of a count: no band is narrower
 */
record Comparison(String lane, @Nullable String other, String step, Band band, double resolution) {

	private static final double ROUNDING = 1e-12;

	Check invalid(String why) {
		return new Check(this.lane, this.other, this.step, null, null, null, null, null, Verdict.INVALID, why, null);
	}

	Check withheld(String why) {
		return new Check(this.lane, this.other, this.step, null, null, null, null, null, Verdict.INCONCLUSIVE, why,
				null);
	}

	Check withValue(double predicted, List<Double> measured) {
		if (measured.isEmpty()) {
			return invalid("it was not measured");
		}
		double tolerance = tolerance(predicted);
		double mean = Interval.mean(measured);
		boolean inside = Math.abs(mean - predicted) <= tolerance;
		if (measured.size() < Interval.ENOUGH_FORKS) {
			return check(predicted, tolerance, mean, null, Verdict.INCONCLUSIVE, place(inside, measured.size()));
		}
		Interval interval = Interval.ofMean(measured);
		return judged(predicted, tolerance, mean, interval, interval.low() - predicted, interval.high() - predicted);
	}

	// As a value, but whatever lies beyond the limit on the side that was predicted is as
	// good as the limit itself.
	Check withLimit(Side side, double limit, List<Double> measured) {
		if (measured.isEmpty()) {
			return invalid("it was not measured");
		}
		double tolerance = tolerance(limit);
		double mean = Interval.mean(measured);
		if (measured.size() < Interval.ENOUGH_FORKS) {
			boolean inside = excess(side, limit, mean) <= tolerance;
			return check(limit, tolerance, mean, null, Verdict.INCONCLUSIVE, place(inside, measured.size()))
				.withLimit(side);
		}
		Interval interval = Interval.ofMean(measured);
		double low = Math.min(excess(side, limit, interval.low()), excess(side, limit, interval.high()));
		double high = Math.max(excess(side, limit, interval.low()), excess(side, limit, interval.high()));
		return judged(limit, tolerance, mean, interval, Math.max(low, 0), Math.max(high, 0)).withLimit(side);
	}

	// By how much a value lies on the wrong side; negative on the right one.
	private static double excess(Side side, double limit, double value) {
		return switch (side) {
			case AT_LEAST -> limit - value;
			case AT_MOST -> value - limit;
		};
	}

	// Equal, or no worse than the other if there is a side.
	Check withOther(@Nullable Side side, List<Double> measured, List<Double> others) {
		if (measured.isEmpty() || others.isEmpty()) {
			return invalid("it was not measured");
		}
		double mean = Interval.mean(measured);
		double otherMean = Interval.mean(others);
		// Neither lane is the other's reference, so that the band is that of their mean.
		double tolerance = tolerance((mean + otherMean) / 2);
		int forks = Math.min(measured.size(), others.size());
		if (forks < Interval.ENOUGH_FORKS) {
			double distance = (side != null) ? excess(side, otherMean, mean) : Math.abs(mean - otherMean);
			Check check = check(otherMean, tolerance, mean, null, Verdict.INCONCLUSIVE,
					place(distance <= tolerance, forks));
			return (side != null) ? check.withLimit(side) : check;
		}
		Interval interval = Interval.ofDifference(measured, others);
		if (side == null) {
			return judged(otherMean, tolerance, mean, interval, interval.low(), interval.high());
		}
		double low = Math.min(excess(side, 0, interval.low()), excess(side, 0, interval.high()));
		double high = Math.max(excess(side, 0, interval.low()), excess(side, 0, interval.high()));
		return judged(otherMean, tolerance, mean, interval, Math.max(low, 0), Math.max(high, 0)).withLimit(side);
	}

	// The edge belongs to the band, whatever binary fractions make of it.
	private double tolerance(double predicted) {
		return Math.max(this.band.tolerance(predicted), this.resolution) + ROUNDING * Math.abs(predicted);
	}

	private Check judged(double predicted, double tolerance, double mean, Interval interval, double low, double high) {
		if (low >= -tolerance && high <= tolerance) {
			return check(predicted, tolerance, mean, interval, Verdict.CONFIRMED, "inside the predicted band");
		}
		if (low > tolerance || high < -tolerance) {
			return check(predicted, tolerance, mean, interval, Verdict.REFUTED, "outside the predicted band");
		}
		return check(predicted, tolerance, mean, interval, Verdict.INCONCLUSIVE,
				"the interval over forks crosses the edge of the predicted band");
	}

	private Check check(double predicted, double tolerance, double mean, @Nullable Interval interval, Verdict verdict,
			String finding) {
		return new Check(this.lane, this.other, this.step, Figures.round(predicted), Figures.round(tolerance),
				Figures.round(mean), (interval != null) ? Figures.round(interval.low()) : null,
				(interval != null) ? Figures.round(interval.high()) : null, verdict, finding, null);
	}

	private static String place(boolean inside, int forks) {
		return "%s the predicted band (%s)".formatted(inside ? "in" : "outside",
				(forks == 1) ? "one fork" : forks + " forks");
	}

}
