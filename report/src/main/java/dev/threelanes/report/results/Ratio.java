package dev.threelanes.report.results;

/**
 * How many times a figure of one lane is that of another at the same step.
 *
 * @param lane the lane
 * @param other the lane that it is divided by
 * @param step the step
 * @param figure the figure's name
 * @param ratio the ratio of the means over forks
 * @param low the lower end of its 95 % interval
 * @param high its upper end
 */
public record Ratio(String lane, String other, String step, String figure, double ratio, double low, double high) {
}
