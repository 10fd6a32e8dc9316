package dev.threelanes.gatling;

/**
 * One wake-up and who received it.
 *
 * @param sent what was sent and what the lane said to it
 * @param sentAtMillis wall clock of its sending, in milliseconds since 1970
 * @param received how many who waited were answered with its event
 * @param lastMicros from its sending to the last of these answers, in microseconds; 0 if
 * there is none
 */
record WakeUpRecord(Sent sent, long sentAtMillis, int received, long lastMicros) {

	/** The lane did not say how many it woke. */
	static final int UNKNOWN = -1;

	/**
	 * A wake-up as the one who wakes sees it.
	 *
	 * @param wake how many were to be woken, or {@code all}
	 * @param nanos when it was sent, on the clock of {@link System#nanoTime()}
	 * @param event the number of the event, or {@value WakeUpRecord#UNKNOWN} without an
	 * answer
	 * @param counted how many the lane said that it woke, or
	 * {@value WakeUpRecord#UNKNOWN} without an answer
	 */
	record Sent(String wake, long nanos, int event, int counted) {
	}

}
