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
 */
public record RuleResult(String id, String title, List<Breach> broken, List<Breach> unchecked) {

	public RuleResult {
		broken = List.copyOf(broken);
		unchecked = List.copyOf(unchecked);
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
