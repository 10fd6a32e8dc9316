package dev.threelanes.report.estimate;

import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.WakeUp;
import org.jspecify.annotations.Nullable;

/**
 * What a request costs in memory that does nothing but wait, by the growth from the first
 * step, with the fewest users, to this one, divided by how many more users it has.
 * <p>
 * The heap counts as it is after a collection, by the lowest sample within a second of
 * one, for between collections it holds whatever was thrown away: without a collection
 * while all are held there is no figure. Resident memory is what the operating system
 * sees of the process, thread stacks and buffers outside of the heap included; but heap
 * that was touched before and thrown away since is resident on either side, so that it
 * may grow by less than what is held.
 *
 * @param heapBytes the heap in use that a held request adds, in bytes; absent if no
 * collection was seen while all were held
 * @param residentBytes the resident memory that a held request adds, in bytes; absent
 * where it is not sampled
 */
public record HeldMemory(@Nullable Double heapBytes, @Nullable Double residentBytes) {

	/**
	 * Computes the figures.
	 * @param cell the cell
	 * @param step one of its steps
	 * @return the figures, or nothing for a step that holds nobody and for the first,
	 * which the others are compared with
	 */
	static @Nullable HeldMemory of(LoadedCell cell, LoadedStep step) {
		LoadedStep first = cell.steps().getFirst();
		long more = step.step().arrivals() - first.step().arrivals();
		if (!(step.step().held() || step.step().waiting()) || more <= 0) {
			return null;
		}
		Hold baseline = Hold.of(cell, first);
		Hold hold = Hold.of(cell, step);
		return new HeldMemory(each(hold.heap(), baseline.heap(), more),
				each(hold.resident(), baseline.resident(), more));
	}

	private static @Nullable Double each(OptionalDouble held, OptionalDouble before, long requests) {
		return (held.isPresent() && before.isPresent()) ? (held.getAsDouble() - before.getAsDouble()) / requests : null;
	}

	/**
	 * The stretch of time in which all are held.
	 *
	 * @param cell the cell
	 * @param from its begin, in milliseconds since 1970: the last one has come
	 * @param to its end: the first one can be answered
	 */
	private record Hold(LoadedCell cell, long from, long to) {

		static Hold of(LoadedCell cell, LoadedStep step) {
			long answered = step.wakeUps()
				.stream()
				.mapToLong(WakeUp::sentAtEpochMillis)
				.findFirst()
				.orElse(step.record().startedAtEpochMillis() + cell.serviceTime(step.step().name()).toMillis());
			return new Hold(cell, step.record().lastStartEpochMillis(), answered);
		}

		OptionalDouble heap() {
			NavigableMap<Long, Double> used = samples(Metric.HEAP_USED_BYTES);
			NavigableMap<Long, Double> collections = samples(Metric.GC_COUNT);
			OptionalDouble lowest = OptionalDouble.empty();
			for (Map.Entry<Long, Double> sample : used.entrySet()) {
				Map.Entry<Long, Double> before = collections.lowerEntry(sample.getKey());
				Double now = collections.get(sample.getKey());
				boolean collected = before != null && now != null && now > before.getValue();
				if (collected && (lowest.isEmpty() || sample.getValue() < lowest.getAsDouble())) {
					lowest = OptionalDouble.of(sample.getValue());
				}
			}
			return lowest;
		}

		OptionalDouble resident() {
			return samples(Metric.LANE_RSS_BYTES).values().stream().mapToDouble(Double::doubleValue).max();
		}

		private NavigableMap<Long, Double> samples(Metric metric) {
			return this.cell.samples().series(metric).between(this.from, this.to);
		}

	}

}
