package dev.threelanes.report.results;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A rule with what broke it.
 *
 * @param id the rule's name
 * @param title the rule in one sentence
 * @param broken where it was broken; empty if it was not
 */
public record RuleResult(String id, String title, List<Breach> broken) {

	public RuleResult {
		broken = List.copyOf(broken);
	}

	/**
	 * One place where a rule was broken.
	 *
	 * @param cell the cell, as {@code experiment/lane/fork}
	 * @param step the step; absent if the whole cell is lost
	 * @param text what was seen and what was allowed
	 */
	public record Breach(String cell, @Nullable String step, String text) {
	}

}
