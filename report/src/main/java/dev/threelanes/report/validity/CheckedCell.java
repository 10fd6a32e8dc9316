package dev.threelanes.report.validity;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.threelanes.report.cell.LoadedCell;

/**
 * A cell with all that speaks against it.
 *
 * @param cell the cell
 * @param reasons why some or all of it cannot be trusted; empty if it is valid
 */
public record CheckedCell(LoadedCell cell, List<Reason> reasons) {

	public CheckedCell {
		reasons = List.copyOf(reasons);
	}

	/**
	 * Checks cells against all rules, each by itself and all together.
	 * @param cells all cells of a run
	 * @return the cells in the same order, with what speaks against them
	 */
	public static List<CheckedCell> of(List<LoadedCell> cells) {
		Map<LoadedCell, List<Reason>> reasons = new IdentityHashMap<>();
		// A rule reads one cell and keeps nothing, so that cells can be checked at once.
		List<List<Reason>> found = cells.parallelStream()
			.map((cell) -> Rules.all().stream().flatMap((rule) -> rule.check(cell).stream()).toList())
			.toList();
		for (int i = 0; i < cells.size(); i++) {
			reasons.put(cells.get(i), new ArrayList<>(found.get(i)));
		}
		for (RunRule rule : Rules.across()) {
			rule.check(cells).forEach((cell, more) -> Objects.requireNonNull(reasons.get(cell)).addAll(more));
		}
		return cells.stream().map((cell) -> new CheckedCell(cell, Objects.requireNonNull(reasons.get(cell)))).toList();
	}

	/**
	 * What speaks against one step.
	 * @param step the step's name
	 * @return the reasons about it, about what was offered together with it, or about the
	 * whole cell
	 */
	public List<Reason> against(String step) {
		List<String> together = this.cell.steps()
			.stream()
			.filter((loaded) -> loaded.step().name().equals(step))
			.flatMap((loaded) -> this.cell.together(loaded).stream())
			.map((loaded) -> loaded.step().name())
			.toList();
		List<Reason> against = new ArrayList<>();
		for (Reason reason : this.reasons) {
			// What is wrong with all parts of a mix is told once.
			boolean told = !reason.concerns(step)
					&& this.reasons.stream().anyMatch((own) -> own.concerns(step) && own.rule().equals(reason.rule()));
			if (!told && together.stream().anyMatch(reason::concerns)) {
				against.add(reason);
			}
		}
		return against;
	}

}
