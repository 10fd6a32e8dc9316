package dev.threelanes.report.validity;

import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.StepRecord;

/**
 * The downstream took D and not longer: else it was measured and not the lane. The limit
 * is the smallest bucket of its own histogram that is at least D/20, and the largest
 * bucket where D/20 is beyond all of them. One late answer alone condemns no step,
 * however few there were.
 */
final class DownstreamOnTime extends StepRule {

	private static final double LATE = 0.01;

	private static final double SHARE_OF_DELAY = 0.05;

	private static final NavigableMap<Integer, Metric> BUCKETS = new TreeMap<>(Map.of(1, Metric.DOWNSTREAM_WITHIN_1MS,
			2, Metric.DOWNSTREAM_WITHIN_2MS, 5, Metric.DOWNSTREAM_WITHIN_5MS, 10, Metric.DOWNSTREAM_WITHIN_10MS, 25,
			Metric.DOWNSTREAM_WITHIN_25MS, 50, Metric.DOWNSTREAM_WITHIN_50MS, 100, Metric.DOWNSTREAM_WITHIN_100MS));

	@Override
	public String id() {
		return "downstream";
	}

	@Override
	public String title() {
		return "The downstream gave 99 % of its answers, or all but one, at most about D/20 late";
	}

	@Override
	Optional<Closest> closest(LoadedCell cell, LoadedStep step) {
		int wantedMs = (int) Math.ceil(SHARE_OF_DELAY * cell.parameters().delayMs());
		Map.Entry<Integer, Metric> ceiling = BUCKETS.ceilingEntry(wantedMs);
		Map.Entry<Integer, Metric> bucket = (ceiling != null) ? ceiling : BUCKETS.lastEntry();
		OptionalDouble all = growth(cell, step.record(), Metric.DOWNSTREAM_COUNT);
		OptionalDouble onTime = growth(cell, step.record(), bucket.getValue());
		if (all.isEmpty() || onTime.isEmpty() || all.getAsDouble() == 0) {
			return Optional.empty();
		}
		double late = all.getAsDouble() - onTime.getAsDouble();
		return Optional.of(new Closest(step.step().name(), late / Math.max(1, LATE * all.getAsDouble()),
				String.format(Locale.ROOT, "%.2f %% of the answers were more than %s ms late",
						100 * late / all.getAsDouble(), bucket.getKey())));
	}

	@Override
	Optional<String> problem(LoadedCell cell, LoadedStep step) {
		int wantedMs = (int) Math.ceil(SHARE_OF_DELAY * cell.parameters().delayMs());
		Map.Entry<Integer, Metric> ceiling = BUCKETS.ceilingEntry(wantedMs);
		Map.Entry<Integer, Metric> bucket = (ceiling != null) ? ceiling : BUCKETS.lastEntry();
		OptionalDouble all = growth(cell, step.record(), Metric.DOWNSTREAM_COUNT);
		OptionalDouble onTime = growth(cell, step.record(), bucket.getValue());
		if (all.isEmpty() || onTime.isEmpty()) {
			return Optional.of("How late the downstream was is not known: its metrics do not cover the step");
		}
		if (all.getAsDouble() - onTime.getAsDouble() <= Math.max(1, LATE * all.getAsDouble())) {
			return Optional.empty();
		}
		double share = onTime.getAsDouble() / all.getAsDouble();
		return Optional.of(String.format(Locale.ROOT,
				"The downstream gave only %.1f %% of its answers at most %s ms late: it was measured itself",
				100 * share, bucket.getKey()));
	}

	@Override
	Optional<String> unchecked(LoadedCell cell, LoadedStep step) {
		OptionalDouble all = growth(cell, step.record(), Metric.DOWNSTREAM_COUNT);
		return (all.isPresent() && all.getAsDouble() == 0) ? Optional.of("the lane did not ask the downstream")
				: Optional.empty();
	}

	private static OptionalDouble growth(LoadedCell cell, StepRecord record, Metric metric) {
		return cell.samples().series(metric).growth(record.startedAtEpochMillis(), record.lastAnswerEpochMillis());
	}

}
