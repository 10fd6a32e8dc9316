package dev.threelanes.report.validity;

import java.util.List;

import dev.threelanes.report.cell.LoadedCell;
import tools.jackson.databind.JsonNode;

/**
 * The process that was driven at the end is the one that was driven at the beginning.
 */
final class LaneSurvived implements Rule {

	@Override
	public String id() {
		return "survival";
	}

	@Override
	public String title() {
		return "The lane lived through the whole cell";
	}

	@Override
	public List<Reason> check(LoadedCell cell) {
		JsonNode before = cell.cell().identityBefore();
		JsonNode after = cell.cell().identityAfter();
		if (before == null) {
			return List.of();
		}
		if (after == null) {
			return List.of(new Reason(id(), null, "The lane answered before the load and no more after it"));
		}
		if (!before.path("pid").equals(after.path("pid"))) {
			return List.of(new Reason(id(), null, "After the load another process answered than before it"));
		}
		return List.of();
	}

}
