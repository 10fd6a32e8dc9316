package dev.threelanes.report.results;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Rounds figures to what they can mean.
 */
public final class Figures {

	/** No measurement here is good to a millionth; more digits are noise in a diff. */
	private static final MathContext SIX_DIGITS = new MathContext(6);

	private Figures() {
	}

	/**
	 * A figure with six significant digits.
	 * @param figure the figure
	 * @return the rounded figure
	 */
	public static double round(double figure) {
		return Double.isFinite(figure) ? new BigDecimal(figure).round(SIX_DIGITS).doubleValue() : figure;
	}

}
