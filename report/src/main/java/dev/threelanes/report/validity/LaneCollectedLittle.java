package dev.threelanes.report.validity;

import java.util.Locale;
import java.util.Optional;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.Series;
import dev.threelanes.report.cell.StepRecord;

/**
 * The lane had enough heap. One that collects all the time measures its collector, and
 * says nothing about threads and loops.
 */
final class LaneCollectedLittle extends StepRule {

	private static final double MOST = 0.05;

	@Override
	public String id() {
		return "lane-gc";
	}

	@Override
	public String title() {
		return "The lane stood still for its garbage collector at most 5 % of the time";
	}

	@Override
	Optional<String> problem(LoadedCell cell, LoadedStep step) {
		StepRecord record = step.record();
		long from = record.startedAtEpochMillis();
		long to = record.lastAnswerEpochMillis();
		Series pauses = cell.samples().series(Metric.GC_PAUSE_MILLIS);
		// Before the first collection there is no figure, and no pause.
		double share = (pauses.at(to).orElse(0) - pauses.at(from).orElse(0)) / Math.max(1, to - from);
		return (share <= MOST) ? Optional.empty() : Optional.of(String.format(Locale.ROOT,
				"The lane stood still for its garbage collector %.0f %% of the time; 5 %% are allowed", 100 * share));
	}

}
