package dev.threelanes.report.validity;

import java.util.List;

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
	 * Checks a cell against all rules.
	 * @param cell the cell
	 * @return the cell with what speaks against it
	 */
	public static CheckedCell of(LoadedCell cell) {
		return new CheckedCell(cell, Rules.all().stream().flatMap((rule) -> rule.check(cell).stream()).toList());
	}

	/**
	 * What speaks against one step.
	 * @param step the step's name
	 * @return the reasons about it or about the whole cell
	 */
	public List<Reason> against(String step) {
		return this.reasons.stream().filter((reason) -> reason.concerns(step)).toList();
	}

}
