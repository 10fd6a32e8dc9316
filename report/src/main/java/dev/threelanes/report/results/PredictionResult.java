package dev.threelanes.report.results;

import java.util.List;

import dev.threelanes.experiments.Band;
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

	public PredictionResult {
		checks = List.copyOf(checks);
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
	 */
	public record Check(String lane, @Nullable String other, String step, @Nullable Double predicted,
			@Nullable Double tolerance, @Nullable Double measured, @Nullable Double low, @Nullable Double high,
			Verdict verdict, String finding) {

		/**
		 * Whether the mean over forks lies in the predicted band, whatever its interval.
		 * @return {@code true} if so, {@code false} if not or if it was not measured
		 */
		public boolean insideBand() {
			return this.measured != null && this.predicted != null && this.tolerance != null
					&& Math.abs(this.measured - this.predicted) <= this.tolerance;
		}

	}

}
