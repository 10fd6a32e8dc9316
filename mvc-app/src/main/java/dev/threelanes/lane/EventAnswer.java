package dev.threelanes.lane;

/**
 * The answer to a caller who was woken.
 *
 * @param event the number of the wake-up
 */
record EventAnswer(int event) {
}
