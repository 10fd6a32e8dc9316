package dev.threelanes.lane;

/**
 * The answer to a query.
 *
 * @param delayMs how long it was asked to take, in milliseconds
 */
record QueryAnswer(int delayMs) {
}
