package dev.threelanes.lane;

/**
 * What the slow service answers.
 *
 * @param id the number of the call
 * @param delayMs how long it was asked to take, in milliseconds
 */
record DownstreamAnswer(int id, int delayMs) {
}
