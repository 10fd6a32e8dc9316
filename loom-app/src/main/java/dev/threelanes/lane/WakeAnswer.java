package dev.threelanes.lane;

/**
 * The answer to a caller who wakes others.
 *
 * @param event the number of this wake-up, counted from 1
 * @param woken how many it woke
 */
record WakeAnswer(int event, int woken) {
}
