package dev.threelanes.experiments;

/**
 * How far a measurement may lie from its prediction: the larger of a share of the
 * prediction and an absolute distance. Declared with the prediction, before any
 * measurement, and never fitted to one.
 *
 * @param relative a share of the predicted value, 0.02 for 2 %
 * @param absolute a distance in the quantity's unit
 */
public record Band(double relative, double absolute) {

	public Band {
		if (relative < 0 || absolute < 0 || (relative == 0 && absolute == 0)) {
			throw new IllegalArgumentException("a band needs a width: " + relative + ", " + absolute);
		}
	}

	/**
	 * A band that is a share of the predicted value.
	 * @param share the share, 0.02 for 2 %
	 * @return the band
	 */
	public static Band relative(double share) {
		return new Band(share, 0);
	}

	/**
	 * The distance allowed on either side; the edges belong to the band.
	 * @param predicted the predicted value
	 * @return the distance, in the quantity's unit
	 */
	public double tolerance(double predicted) {
		return Math.max(this.absolute, this.relative * Math.abs(predicted));
	}

}
