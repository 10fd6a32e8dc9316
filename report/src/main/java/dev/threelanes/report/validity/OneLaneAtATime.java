package dev.threelanes.report.validity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.threelanes.report.cell.Cell;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.Metric;

/**
 * No two lanes worked at the same time: the one would have had the other's processor.
 * Lanes that a run starts live one after the other. Where they stand side by side, those
 * that are not measured must have been idle: no request, and next to no CPU time.
 */
final class OneLaneAtATime implements RunRule {

	/** What idle JVMs take for themselves, as a share of one processor. */
	private static final double MOST = 0.05;

	@Override
	public String id() {
		return "alone";
	}

	@Override
	public String title() {
		return "No two lanes worked at the same time; one that stood beside another took no request and less than 5 % of a processor";
	}

	@Override
	public Map<LoadedCell, List<Reason>> check(List<LoadedCell> cells) {
		List<Life> lives = cells.stream().map(Life::of).toList();
		Map<LoadedCell, List<Reason>> reasons = new IdentityHashMap<>();
		for (Life left : lives) {
			for (Life right : lives) {
				if (left != right && left.overlaps(right)) {
					Cell other = right.cell().cell();
					reasons.computeIfAbsent(left.cell(), (cell) -> new ArrayList<>())
						.add(new Reason(id(), null, "%s/%s/%d lived at the same time".formatted(other.experiment(),
								other.lane(), other.fork())));
				}
			}
			List<Reason> disturbed = disturbed(left.cell());
			if (!disturbed.isEmpty()) {
				reasons.computeIfAbsent(left.cell(), (cell) -> new ArrayList<>()).addAll(disturbed);
			}
		}
		return reasons;
	}

	private List<Reason> disturbed(LoadedCell cell) {
		List<Reason> reasons = new ArrayList<>();
		growth(cell, Metric.BYSTANDERS_COUNT).filter((requests) -> requests.value() > 0)
			.ifPresent((requests) -> reasons.add(new Reason(id(), null, String.format(Locale.ROOT,
					"Lanes that stood beside it handled %.0f requests meanwhile", requests.value()))));
		growth(cell, Metric.BYSTANDERS_CPU_MILLIS).filter((cpu) -> cpu.value() >= MOST * cpu.millis())
			.ifPresent((cpu) -> reasons.add(new Reason(id(), null,
					String.format(Locale.ROOT,
							"Lanes that stood beside it took %.1f %% of a processor; less than %.0f %% are allowed",
							100 * cpu.value() / cpu.millis(), 100 * MOST))));
		return reasons;
	}

	private static Optional<Growth> growth(LoadedCell cell, Metric metric) {
		List<Map.Entry<Long, Double>> points = cell.samples().series(metric).points();
		if (points.size() < 2) {
			return Optional.empty();
		}
		Map.Entry<Long, Double> first = points.getFirst();
		Map.Entry<Long, Double> last = points.getLast();
		return Optional.of(new Growth(last.getValue() - first.getValue(), last.getKey() - first.getKey()));
	}

	/**
	 * From when to when a lane lived.
	 *
	 * @param cell its cell
	 * @param from its start
	 * @param to its end
	 */
	private record Life(LoadedCell cell, Instant from, Instant to) {

		static Life of(LoadedCell cell) {
			return new Life(cell, Instant.parse(cell.cell().startedAt()), Instant.parse(cell.cell().endedAt()));
		}

		boolean overlaps(Life other) {
			return this.from.isBefore(other.to) && other.from.isBefore(this.to);
		}

	}

	/**
	 * By how much a figure grew while a cell was measured.
	 *
	 * @param value the growth
	 * @param millis in how many milliseconds
	 */
	private record Growth(double value, double millis) {
	}

}
