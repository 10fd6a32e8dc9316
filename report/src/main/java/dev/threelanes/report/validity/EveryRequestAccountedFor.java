package dev.threelanes.report.validity;

import java.util.Optional;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.StepRecord;

/**
 * Whatever was started was answered or failed: a request that is forgotten is the slowest
 * one.
 */
final class EveryRequestAccountedFor extends StepRule {

	@Override
	public String id() {
		return "conservation";
	}

	@Override
	public String title() {
		return "Every request that was started was answered or failed";
	}

	@Override
	Optional<String> problem(LoadedCell cell, LoadedStep step) {
		StepRecord record = step.record();
		if (record.started() == 0) {
			return Optional.of("No request was started");
		}
		if (record.started() == record.answered() + record.failed()) {
			return Optional.empty();
		}
		return Optional.of("%s requests were started, but %s answered and %s failed".formatted(record.started(),
				record.answered(), record.failed()));
	}

}
