package dev.threelanes.report.results;

import java.util.List;

import dev.threelanes.experiments.Band;
import dev.threelanes.experiments.Prediction.Side;
import org.jspecify.annotations.Nullable;

/**
 * A prediction with what was measured.
 *
 * @param formula the formula for people
 * @param quantity what is predicted
 * @param unit its unit
 * @param source where the formula comes from
 * @param band how far a measurement may differ
 * @param checks a comparison for each lane, or pair of lanes, and step
 */
public record PredictionResult(String formula, String quantity, String unit, String source, Band band,
		List<Check> checks) {

	/** The finding where a verdict would say more than was measured. */
	public static final String FOR_TESTS = "the smoke profile confirms and refutes no predicted value";

	public PredictionResult {
		checks = List.copyOf(checks);
	}

	/**
	 * The same without a verdict on predicted values, of a run that was made to test the
	 * pipeline: its first step tells ε of a lane that is hardly warm, and what is
	 * predicted follows from it. Whether two lanes are equal needs no ε.
	 * @return the same comparisons, no value confirmed or refuted
	 */
	public PredictionResult forTests() {
		return new PredictionResult(this.formula, this.quantity, this.unit, this.source, this.band,
				this.checks.stream().map(Check::forTests).toList());
	}

	/**
	 * One comparison.
	 *
	 * @param lane the lane
	 * @param other the lane that it should equal; absent for a predicted value
	 * @param step the step
	 * @param predicted the predicted value, or the other lane's; absent if not valid
	 * @param tolerance how far from it the measurement may lie
	 * @param measured the mean over forks; absent if not valid
	 * @param low the lower end of the 95 % interval over forks, of the value or of the
	 * difference; absent with fewer than three
	 * @param high its upper end
	 * @param verdict the verdict
	 * @param finding the verdict in words
	 * @param limit {@code at least} or {@code at most} where the predicted value is a
	 * limit; absent where it is a value
	 */
	public record Check(String lane, @Nullable String other, String step, @Nullable Double predicted,
			@Nullable Double tolerance, @Nullable Double measured, @Nullable Double low, @Nullable Double high,
			Verdict verdict, String finding, @Nullable String limit) {

		/**
		 * The same comparison with a limit in place of a value.
		 * @param side on which side of it the measurement should lie
		 * @return the comparison
		 */
		public Check withLimit(Side side) {
			return new Check(this.lane, this.other, this.step, this.predicted, this.tolerance, this.measured, this.low,
					this.high, this.verdict, this.finding, side.words());
		}

		private Check forTests() {
			return (this.low == null || this.other != null) ? this
					: new Check(this.lane, this.other, this.step, this.predicted, this.tolerance, this.measured,
							this.low, this.high, Verdict.INCONCLUSIVE, FOR_TESTS, this.limit);
		}

		/**
		 * Whether the mean over forks lies in the predicted band, whatever its interval.
		 * @return {@code true} if so, {@code false} if not or if it was not measured
		 */
		public boolean insideBand() {
			if (this.measured == null || this.predicted == null || this.tolerance == null) {
				return false;
			}
			double above = this.measured - this.predicted;
			return (above <= this.tolerance || Side.AT_LEAST.words().equals(this.limit))
					&& (above >= -this.tolerance || Side.AT_MOST.words().equals(this.limit));
		}

	}

}
