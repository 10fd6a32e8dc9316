package dev.threelanes.report.validity;

import java.util.List;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import org.jspecify.annotations.Nullable;

/**
 * How far a generator can be believed: up to the last step at which nothing of its own
 * was the matter.
 *
 * @param believedRps the highest offered load at which it was honest, requests a second;
 * 0 if it never was
 * @param startLagP99Ms how late it started 1 % of the requests there, in milliseconds
 * @param beyond why it cannot be believed at the next step; absent if it could at all
 */
public record GeneratorLimit(double believedRps, double startLagP99Ms, @Nullable String beyond) {

	/**
	 * Reads the limit off a calibration.
	 * @param calibration a cell of rising load
	 * @return the limit
	 */
	public static GeneratorLimit of(LoadedCell calibration) {
		GeneratorLimit limit = new GeneratorLimit(0, 0, null);
		for (LoadedStep step : calibration.steps()) {
			List<Reason> reasons = Rules.ofTheInstrument()
				.stream()
				.flatMap((rule) -> rule.check(calibration).stream())
				.filter((reason) -> reason.concerns(step.step().name()))
				.toList();
			if (!reasons.isEmpty()) {
				return new GeneratorLimit(limit.believedRps, limit.startLagP99Ms, reasons.getFirst().text());
			}
			limit = new GeneratorLimit(step.step().rps(), step.startLag().getValueAtPercentile(99) / 1000.0, null);
		}
		return limit;
	}

}
