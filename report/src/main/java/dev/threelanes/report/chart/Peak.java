package dev.threelanes.report.chart;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.LaneMark;
import org.jspecify.annotations.Nullable;

/**
 * A lane at the height of its load: what it showed at the moment at which it held the
 * most requests.
 *
 * @param lane the lane's name
 * @param title its name for people
 * @param mark its mark
 * @param known the lane that it is; absent for a reader's own target
 * @param capRps what its declared limits let through, requests a second; absent if that
 * is not known
 * @param step its highest valid step
 * @param values what was sampled then, by metric
 */
public record Peak(String lane, String title, LaneMark mark, @Nullable Lane known, @Nullable Double capRps,
		StepResult step, Map<Metric, Double> values) {

	public Peak {
		values = Map.copyOf(values);
	}

	/**
	 * Finds the peaks of an experiment, each in its lane's first fork.
	 * @param experiment the experiment
	 * @param cells its cells
	 * @return the peak of each lane that has a valid step
	 */
	public static List<Peak> of(ExperimentResult experiment, List<LoadedCell> cells) {
		List<Peak> peaks = new ArrayList<>();
		for (LaneResult lane : experiment.lanes()) {
			StepResult highest = null;
			for (StepResult step : lane.steps()) {
				if (step.valid() && (highest == null || step.load() >= highest.load())) {
					highest = step;
				}
			}
			LoadedCell first = cells.stream()
				.filter((cell) -> cell.cell().lane().equals(lane.lane()))
				.findFirst()
				.orElse(null);
			if (highest != null && first != null) {
				peaks
					.add(new Peak(lane.lane(), lane.title(), LaneMark.of(lane.lane(), experiment.lanes().indexOf(lane)),
							first.lane().orElse(null), lane.capRps(), highest, values(first, highest.name())));
			}
		}
		return peaks;
	}

	/**
	 * What a metric showed.
	 * @param metric the metric
	 * @return its value, or {@code null} if the lane does not have it
	 */
	public @Nullable Double value(Metric metric) {
		return this.values.get(metric);
	}

	private static Map<Metric, Double> values(LoadedCell cell, String name) {
		Map<Metric, Double> values = new EnumMap<>(Metric.class);
		for (LoadedStep step : cell.steps()) {
			if (step.step().name().equals(name)) {
				long from = step.record().startedAtEpochMillis();
				long to = step.record().lastAnswerEpochMillis();
				Long moment = fullest(cell, from, to);
				if (moment != null) {
					for (Metric metric : Metric.values()) {
						OptionalDouble value = cell.samples().series(metric).at(moment);
						value.ifPresent((present) -> values.put(metric, present));
					}
				}
			}
		}
		return values;
	}

	// The moment with the most requests in flight, the first of equals.
	private static @Nullable Long fullest(LoadedCell cell, long from, long to) {
		Long moment = null;
		double most = -1;
		for (Map.Entry<Long, Double> sample : cell.samples().series(Metric.IN_FLIGHT).between(from, to).entrySet()) {
			if (sample.getValue() > most) {
				most = sample.getValue();
				moment = sample.getKey();
			}
		}
		return moment;
	}

}
