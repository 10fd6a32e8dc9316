package dev.threelanes.report.validity;

import java.util.Locale;
import java.util.Optional;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;

/**
 * The generator kept up. A missed target rate is a failed measurement, not a slow one.
 */
final class OfferedLoadAchieved extends StepRule {

	private static final double ENOUGH = 0.99;

	@Override
	public String id() {
		return "offered-load";
	}

	@Override
	public String title() {
		return "The generator started at least 99 % of the offered load";
	}

	@Override
	Optional<Closest> closest(LoadedCell cell, LoadedStep step) {
		double asked = step.step().open() ? step.step().rps() * step.step().seconds() : step.step().arrivals();
		double share = step.record().started() / asked;
		return Optional.of(new Closest(step.step().name(), (1 - share) / (1 - ENOUGH),
				String.format(Locale.ROOT, "%.1f %% of the offered load", 100 * share)));
	}

	@Override
	Optional<String> problem(LoadedCell cell, LoadedStep step) {
		double asked = step.step().open() ? step.step().rps() * step.step().seconds() : step.step().arrivals();
		double share = step.record().started() / asked;
		// A short step at a low rate may round half a user away.
		if (step.record().started() >= Math.floor(asked * ENOUGH)) {
			return Optional.empty();
		}
		return Optional.of(String.format(Locale.ROOT,
				"The generator started %.1f %% of the offered load: it was measured itself", 100 * share));
	}

}
