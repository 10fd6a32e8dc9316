package dev.threelanes.report.validity;

import java.util.List;
import java.util.Optional;

import dev.threelanes.report.cell.LoadedCell;

/**
 * What must hold of a cell before its figures are reported.
 */
public interface Rule {

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
	 * @param cell a cell
	 * @return the reasons, none if the rule holds
	 */
	List<Reason> check(LoadedCell cell);

	/**
	 * Tells where the rule cannot be checked, because this system or this service does
	 * not give what it needs. Such a step is not INVALID, but nobody may think that it
	 * was checked.
	 * @param cell a cell
	 * @return why not, by step; none if it was checked everywhere
	 */
	default List<Reason> unchecked(LoadedCell cell) {
		return List.of();
	}

	/**
	 * Tells how near a cell came to breaking the rule.
	 * @param cell a cell
	 * @return the step that came nearest; nothing where the rule knows no more than
	 * whether it holds
	 */
	default Optional<Closest> closest(LoadedCell cell) {
		return Optional.empty();
	}

}
