package dev.threelanes.report.validity;

import org.jspecify.annotations.Nullable;

/**
 * Why a measurement cannot be trusted.
 *
 * @param rule the broken rule's name
 * @param step the step that it was broken in; absent if the whole cell is lost
 * @param text what was seen and what was allowed, for people
 */
public record Reason(String rule, @Nullable String step, String text) {

	/**
	 * Whether this reason spoils a step.
	 * @param name the step's name
	 * @return {@code true} for a reason about it or about its whole cell
	 */
	public boolean concerns(String name) {
		return this.step == null || this.step.equals(name);
	}

}
