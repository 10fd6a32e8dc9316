package dev.threelanes.lane;

/**
 * The answer that needs a call first, and the processor then.
 *
 * @param delayMs how long the call was asked to take, in milliseconds
 * @param rounds how many rounds were computed
 * @param result their result
 */
record MixedAnswer(int delayMs, int rounds, String result) {
}
