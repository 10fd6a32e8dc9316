package dev.threelanes.lane;

/**
 * The answer after a thread was blocked.
 *
 * @param blockMs how long it was, in milliseconds
 * @param where which thread it was
 */
record BlockingAnswer(int blockMs, String where) {
}
