package dev.threelanes.lane;

/**
 * The answer that needs the processor only.
 *
 * @param rounds how many rounds were computed
 * @param result their result
 */
record CpuAnswer(int rounds, String result) {
}
