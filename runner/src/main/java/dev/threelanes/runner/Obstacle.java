package dev.threelanes.runner;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.threelanes.runner.RunPlan.PlannedCell;
import picocli.CommandLine;

/**
 * What keeps this machine, or the way in which it was asked, from measuring something.
 */
final class Obstacle {

	private Obstacle() {
	}

	/**
	 * Looks for an obstacle.
	 * @param planning makes the plan of what is to be measured
	 * @param calibration how far the generator can be believed, if that is known
	 * @return the obstacle in words, or nothing if it can be measured
	 */
	static Optional<String> to(Supplier<RunPlan> planning, Optional<Calibration> calibration) {
		try {
			RunPlan plan = planning.get();
			plan.requirePossible();
			List<PlannedCell> cells = plan.cells();
			Run.requireDescriptors(cells);
			calibration.ifPresent((known) -> known.requireWithin(cells));
			return Optional.empty();
		}
		catch (RunFailure | CommandLine.ParameterException ex) {
			return Optional.of(String.valueOf(ex.getMessage()));
		}
	}

}
