package dev.threelanes.report.results;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A rule with what broke it.
 *
 * @param id the rule's name
 * @param title the rule in one sentence
 * @param broken where it was broken; empty if it was not
 * @param unchecked where it could not be checked, and why; empty if it was everywhere
 * @param closest where a measurement came nearest to breaking it, and what was seen;
 * absent where a rule knows no more than whether it holds
 */
public record RuleResult(String id, String title, List<Breach> broken, List<Breach> unchecked,
		@Nullable Breach closest) {

	public RuleResult {
		broken = List.copyOf(broken);
		unchecked = List.copyOf(unchecked);
	}

	/**
	 * A rule that knows no more than whether it holds.
	 * @param id the rule's name
	 * @param title the rule in one sentence
	 * @param broken where it was broken; empty if it was not
	 * @param unchecked where it could not be checked, and why; empty if it was everywhere
	 */
	public RuleResult(String id, String title, List<Breach> broken, List<Breach> unchecked) {
		this(id, title, broken, unchecked, null);
	}

	/**
	 * One place where a rule was broken or not checked.
	 *
	 * @param cell the cell, as {@code experiment/lane/fork}
	 * @param step the step; absent if the whole cell is lost
	 * @param text what was seen and what was allowed, or why nothing was seen
	 */
	public record Breach(String cell, @Nullable String step, String text) {
	}

}
