package dev.threelanes.report.validity;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.threelanes.experiments.Setup;
import dev.threelanes.report.cell.Cell;
import dev.threelanes.report.cell.LoadedCell;

/**
 * Cells that are set side by side were asked for the same: settings, profile, flags of
 * the JVM and kind of load in the whole experiment, steps and parameters in all forks of
 * a contender. Where the experiment says that a contender differs, it must differ just
 * so.
 */
final class SameConditions implements RunRule {

	@Override
	public String id() {
		return "conditions";
	}

	@Override
	public String title() {
		return "All cells of an experiment were asked for the same: settings, flags, kind of load, steps";
	}

	@Override
	public Map<LoadedCell, List<Reason>> check(List<LoadedCell> cells) {
		Map<String, Cell> firstOfExperiment = new LinkedHashMap<>();
		Map<String, List<String>> firstFlags = new LinkedHashMap<>();
		Map<String, Cell> firstWithSettings = new LinkedHashMap<>();
		Map<String, Cell> firstOfContender = new LinkedHashMap<>();
		Map<LoadedCell, List<Reason>> reasons = new IdentityHashMap<>();
		for (LoadedCell loaded : cells) {
			Cell cell = loaded.cell();
			Setup setup = loaded.setup();
			Cell first = firstOfExperiment.computeIfAbsent(cell.experiment(), (id) -> cell);
			Cell alike = firstWithSettings.computeIfAbsent(cell.experiment() + "/" + setup.settings(), (id) -> cell);
			Cell fork = firstOfContender.computeIfAbsent(cell.experiment() + "/" + cell.lane(), (id) -> cell);
			List<Reason> found = new ArrayList<>();
			compare(found, "settings", cell.settings(), alike.settings(), alike);
			compare(found, "profile", cell.profile(), first.profile(), first);
			compare(found, "load", cell.load(), first.load(), first);
			compare(found, "JVM flags", shared(cell, setup),
					firstFlags.computeIfAbsent(cell.experiment(), (id) -> shared(cell, setup)), first);
			if (!cell.jvmFlags().containsAll(setup.flags())) {
				found.add(new Reason(id(), null, "It was to be measured with the JVM flags %s and had only %s"
					.formatted(setup.flags(), cell.jvmFlags())));
			}
			compare(found, "parameters", cell.parameters(), fork.parameters(), fork);
			compare(found, "warm-up", cell.warmUp(), fork.warmUp(), fork);
			compare(found, "steps", cell.steps(), fork.steps(), fork);
			if (!found.isEmpty()) {
				reasons.put(loaded, found);
			}
		}
		return reasons;
	}

	// Its flags but for those that the experiment gives it alone.
	private static List<String> shared(Cell cell, Setup setup) {
		return cell.jvmFlags().stream().filter((flag) -> !setup.flags().contains(flag)).toList();
	}

	private void compare(List<Reason> reasons, String what, Object found, Object expected, Cell other) {
		if (!Objects.equals(found, expected)) {
			reasons.add(new Reason(id(), null, "It was measured with other %s than %s/%s/%d: %s, not %s".formatted(what,
					other.experiment(), other.lane(), other.fork(), found, expected)));
		}
	}

}
