package dev.threelanes.experiments;

/**
 * What a user of an experiment asks for, and the only answer that counts as correct.
 *
 * @param target path and query of a GET request
 * @param expectedBody the body of a correct answer, to the letter
 */
public record Request(String target, String expectedBody) {

	/**
	 * One downstream call.
	 * @param delayMs how long the downstream takes, in milliseconds
	 * @return the request
	 */
	public static Request call(int delayMs) {
		return new Request("/api/call?delayMs=" + delayMs, "{\"id\":0,\"delayMs\":%d}".formatted(delayMs));
	}

}
