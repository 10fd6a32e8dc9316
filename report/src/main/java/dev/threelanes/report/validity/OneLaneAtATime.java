package dev.threelanes.report.validity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import dev.threelanes.report.cell.Cell;
import dev.threelanes.report.cell.LoadedCell;

/**
 * No two lanes lived at the same time: the one would have had the other's processor.
 */
final class OneLaneAtATime implements RunRule {

	@Override
	public String id() {
		return "alone";
	}

	@Override
	public String title() {
		return "No two lanes lived at the same time";
	}

	@Override
	public Map<LoadedCell, List<Reason>> check(List<LoadedCell> cells) {
		Map<LoadedCell, List<Reason>> reasons = new IdentityHashMap<>();
		for (LoadedCell left : cells) {
			for (LoadedCell right : cells) {
				if (left != right && overlap(left.cell(), right.cell())) {
					reasons.computeIfAbsent(left, (cell) -> new ArrayList<>())
						.add(new Reason(id(), null, "%s/%s/%d lived at the same time"
							.formatted(right.cell().experiment(), right.cell().lane(), right.cell().fork())));
				}
			}
		}
		return reasons;
	}

	private static boolean overlap(Cell left, Cell right) {
		return Instant.parse(left.startedAt()).isBefore(Instant.parse(right.endedAt()))
				&& Instant.parse(right.startedAt()).isBefore(Instant.parse(left.endedAt()));
	}

}
