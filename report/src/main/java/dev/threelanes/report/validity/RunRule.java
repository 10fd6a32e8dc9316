package dev.threelanes.report.validity;

import java.util.List;
import java.util.Map;

import dev.threelanes.report.cell.LoadedCell;

/**
 * What must hold between the cells of a run before they are set side by side.
 */
public interface RunRule {

	/**
	 * The rule's name in the results.
	 * @return the name
	 */
	String id();

	/**
	 * The rule in one sentence, for people.
	 * @return the sentence
	 */
	String title();

	/**
	 * Looks for what breaks the rule.
	 * @param cells all cells of a run
	 * @return the reasons by the cell that they speak against, none if the rule holds
	 */
	Map<LoadedCell, List<Reason>> check(List<LoadedCell> cells);

}
