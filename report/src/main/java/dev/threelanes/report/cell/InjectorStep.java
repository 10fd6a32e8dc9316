package dev.threelanes.report.cell;

import org.HdrHistogram.Histogram;

/**
 * What one load generator recorded of a step, for rules that hold it, and no average of
 * several, to account.
 *
 * @param number its number among those that shared the load, from 0; {@value #ALL} for
 * all of them together
 * @param record what it counted
 * @param startLag how late its requests started, in microseconds
 * @param heartbeat how late it was woken, in microseconds
 * @param processors how many processors it could use
 * @param cpuMillis its CPU time; empty if nobody sampled it
 */
public record InjectorStep(int number, StepRecord record, Histogram startLag, Histogram heartbeat, int processors,
		Series cpuMillis) {

	/** The number of all generators together. */
	public static final int ALL = -1;

	/**
	 * All load generators of a cell as if they were one, which is what it is where there
	 * was one.
	 * @param cell the cell
	 * @param step the step
	 * @return what they recorded together
	 */
	public static InjectorStep ofAll(LoadedCell cell, LoadedStep step) {
		return new InjectorStep(ALL, step.record(), step.startLag(), step.heartbeat(), cell.cell().processors(),
				cell.samples().series(Metric.GENERATOR_CPU_MILLIS));
	}

}
