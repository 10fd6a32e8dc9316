package dev.threelanes.report.view;

import java.util.Locale;

import dev.threelanes.report.results.StepResult;
import org.jspecify.annotations.Nullable;

/**
 * Figures as people read them, the same under every locale.
 */
public final class Format {

	/** What stands where nothing was measured. */
	public static final String NONE = "–";

	/** What stands where a measurement cannot be trusted. */
	public static final String INVALID = "invalid";

	private static final double KIBIBYTE = 1024;

	private static final double MEBIBYTE = 1024.0 * 1024.0;

	private Format() {
	}

	/**
	 * A figure with a fixed number of decimals and commas between thousands.
	 * @param value the figure
	 * @param decimals how many decimals
	 * @return the text
	 */
	public static String number(@Nullable Double value, int decimals) {
		return (value != null) ? String.format(Locale.ROOT, "%,." + decimals + "f", value) : NONE;
	}

	/**
	 * A figure with about four digits.
	 * @param value the figure
	 * @return the text
	 */
	public static String number(@Nullable Double value) {
		if (value == null) {
			return NONE;
		}
		double size = Math.abs(value);
		if (size >= 1000) {
			return number(value, 0);
		}
		return number(value, (size >= 10) ? 1 : 3);
	}

	/**
	 * A rate without decimals that say nothing.
	 * @param perSecond the rate
	 * @return the text
	 */
	public static String rate(@Nullable Double perSecond) {
		boolean whole = perSecond != null && (perSecond >= 100 || perSecond == Math.rint(perSecond));
		return number(perSecond, whole ? 0 : 1);
	}

	/**
	 * A time.
	 * @param milliseconds the time in milliseconds
	 * @return the text, without the unit
	 */
	public static String millis(@Nullable Double milliseconds) {
		boolean whole = milliseconds != null && (milliseconds >= 1000 || milliseconds == Math.rint(milliseconds));
		return number(milliseconds, whole ? 0 : 1);
	}

	/**
	 * A size in mebibytes.
	 * @param bytes the size in bytes
	 * @return the text, without the unit
	 */
	public static String mebibytes(@Nullable Double bytes) {
		return number((bytes != null) ? bytes / MEBIBYTE : null, 0);
	}

	/**
	 * A size in kibibytes.
	 * @param bytes the size in bytes
	 * @return the text, without the unit
	 */
	public static String kibibytes(@Nullable Double bytes) {
		return number((bytes != null) ? bytes / KIBIBYTE : null, 1);
	}

	/**
	 * The CPU time of a request.
	 * @param step the step
	 * @return milliseconds, as an upper bound where the JIT compiler took too much of it
	 */
	public static String cpu(StepResult step) {
		return (step.cpuMsPerRequestAtMost() != null) ? "≤ " + number(step.cpuMsPerRequestAtMost(), 2)
				: number(step.cpuMsPerRequest(), 2);
	}

}
