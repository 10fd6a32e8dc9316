package dev.threelanes.experiments;

import org.jspecify.annotations.Nullable;

/**
 * What a user of an experiment asks for, and the only answer that counts as correct.
 *
 * @param target path and query of a GET request
 * @param expectedBody the body of a correct answer, to the letter; absent for a service
 * of the reader's own, of which any answer with status 200 is correct
 */
public record Request(String target, @Nullable String expectedBody) {

	/**
	 * The downstream itself, without any lane.
	 * @param delayMs how long it takes, in milliseconds
	 * @return the request
	 */
	public static Request downstream(int delayMs) {
		return new Request("/delay/%d?id=0".formatted(delayMs), "{\"id\":0,\"delayMs\":%d}".formatted(delayMs));
	}

	/**
	 * One downstream call.
	 * @param delayMs how long the downstream takes, in milliseconds
	 * @return the request
	 */
	public static Request call(int delayMs) {
		return new Request("/api/call?delayMs=" + delayMs, "{\"id\":0,\"delayMs\":%d}".formatted(delayMs));
	}

}
