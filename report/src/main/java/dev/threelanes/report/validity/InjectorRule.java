package dev.threelanes.report.validity;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.threelanes.report.cell.InjectorStep;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;

/**
 * A rule that looks at each load generator by itself. Where several shared the load the
 * worst one counts: among many that are in time one that is late would disappear.
 */
abstract class InjectorRule extends StepRule {

	@Override
	final Optional<Closest> closest(LoadedCell cell, LoadedStep step) {
		return unchecked(cell, step).isPresent() ? Optional.empty()
				: generators(cell, step).stream()
					.flatMap((one) -> closest(cell, step, one)
						.map((found) -> new Closest(found.step(), found.spent(), who(one) + found.text()))
						.stream())
					.max(Comparator.comparingDouble(Closest::spent));
	}

	@Override
	final Optional<String> problem(LoadedCell cell, LoadedStep step) {
		return unchecked(cell, step).isPresent() ? Optional.empty()
				: generators(cell, step).stream()
					.sorted(Comparator.comparingDouble((InjectorStep one) -> -spent(cell, step, one)))
					.flatMap((one) -> problem(cell, step, one).map((text) -> who(one) + text).stream())
					.findFirst();
	}

	/**
	 * The generators that are judged.
	 * @param cell the cell
	 * @param step the step
	 * @return each of those that shared the load, or the only one
	 */
	List<InjectorStep> generators(LoadedCell cell, LoadedStep step) {
		return step.injectors().isEmpty() ? List.of(InjectorStep.ofAll(cell, step)) : step.injectors();
	}

	/**
	 * How near a generator came to breaking the rule.
	 * @param cell the cell
	 * @param step the step
	 * @param generator what one generator recorded
	 * @return what was seen, or nothing if there is nothing to see
	 */
	abstract Optional<Closest> closest(LoadedCell cell, LoadedStep step, InjectorStep generator);

	/**
	 * What a generator is to be blamed for.
	 * @param cell the cell
	 * @param step the step
	 * @param generator what one generator recorded
	 * @return the problem in words, or nothing if there is none
	 */
	abstract Optional<String> problem(LoadedCell cell, LoadedStep step, InjectorStep generator);

	private double spent(LoadedCell cell, LoadedStep step, InjectorStep generator) {
		return closest(cell, step, generator).map(Closest::spent).orElse(Double.MAX_VALUE);
	}

	private static String who(InjectorStep generator) {
		return (generator.number() != InjectorStep.ALL) ? "injector %d: ".formatted(generator.number()) : "";
	}

}
