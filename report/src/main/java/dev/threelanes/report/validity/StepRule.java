package dev.threelanes.report.validity;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;

/**
 * A rule that looks at each step by itself.
 */
abstract class StepRule implements Rule {

	@Override
	public List<Reason> check(LoadedCell cell) {
		return cell.steps()
			.stream()
			.flatMap((step) -> problem(cell, step).map((text) -> new Reason(id(), step.step().name(), text)).stream())
			.toList();
	}

	@Override
	public final List<Reason> unchecked(LoadedCell cell) {
		return cell.steps()
			.stream()
			.flatMap((step) -> unchecked(cell, step).map((text) -> new Reason(id(), step.step().name(), text)).stream())
			.toList();
	}

	@Override
	public final Optional<Closest> closest(LoadedCell cell) {
		return cell.steps()
			.stream()
			.flatMap((step) -> closest(cell, step).stream())
			.max(Comparator.comparingDouble(Closest::spent));
	}

	Optional<Closest> closest(LoadedCell cell, LoadedStep step) {
		return Optional.empty();
	}

	abstract Optional<String> problem(LoadedCell cell, LoadedStep step);

	Optional<String> unchecked(LoadedCell cell, LoadedStep step) {
		return Optional.empty();
	}

}
