package dev.threelanes.lane;

/**
 * The answer that needs no I/O.
 *
 * @param message a greeting
 */
record HelloAnswer(String message) {
}
