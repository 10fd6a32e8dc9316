package dev.threelanes.report.validity;

/**
 * How near a measurement came to breaking a rule, so that a reader sees what a rule that
 * holds has seen.
 *
 * @param step the step in which it came nearest
 * @param spent the share of what is allowed that was used up: 0 is none, above 1 is
 * broken
 * @param text what was seen, for people
 */
public record Closest(String step, double spent, String text) {
}
