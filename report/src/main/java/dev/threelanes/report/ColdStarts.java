package dev.threelanes.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import dev.threelanes.report.estimate.ColdStart;
import dev.threelanes.report.estimate.Interval;
import dev.threelanes.report.results.ColdStartResult;
import dev.threelanes.report.results.Figures;
import dev.threelanes.report.validity.CheckedCell;
import org.jspecify.annotations.Nullable;

/**
 * From the forks of a lane that was measured cold to its figures.
 */
final class ColdStarts {

	private ColdStarts() {
	}

	/**
	 * Computes the figures.
	 * @param forks the lane's cells
	 * @return the figures, or nothing if the lane was measured warm or a fork cannot be
	 * trusted
	 */
	static @Nullable ColdStartResult of(List<CheckedCell> forks) {
		boolean trusted = forks.stream()
			.allMatch((fork) -> fork.cell().experiment().cold() && fork.reasons().isEmpty());
		if (!trusted || forks.isEmpty()) {
			return null;
		}
		List<ColdStart> starts = forks.stream()
			.<@Nullable ColdStart>map((fork) -> ColdStart.of(fork.cell().steps().getFirst()))
			.filter(Objects::nonNull)
			.map(ColdStart.class::cast)
			.toList();
		if (starts.size() < forks.size()) {
			return null;
		}
		return new ColdStartResult(mean(forks, (fork) -> {
			Long millis = fork.cell().cell().startUpMillis();
			return (millis != null) ? Double.valueOf(millis) : null;
		}), mean(starts, ColdStart::throughputMillis), mean(starts, ColdStart::latencyMillis),
				mean(starts, ColdStart::steadyMs));
	}

	private static <T> @Nullable Double mean(List<T> forks, Function<T, @Nullable Double> figure) {
		List<Double> values = new ArrayList<>();
		for (T fork : forks) {
			Double value = figure.apply(fork);
			if (value == null) {
				return null;
			}
			values.add(value);
		}
		return Figures.round(Interval.mean(values));
	}

}
