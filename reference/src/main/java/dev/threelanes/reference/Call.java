package dev.threelanes.reference;

import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/**
 * The one thing that a reference does: {@code GET /api/call?delayMs=}, answered by one
 * call of the slow service.
 */
final class Call {

	static final String PATH = "/api/call";

	static final String JSON = "application/json";

	/** As the lanes have it. */
	static final int MOST_CONNECTIONS = 10_100;

	/** As the lanes have it. */
	static final int BACKLOG = 1000;

	private static final String PARAMETER = "delayMs=";

	private static final int MAX_DELAY_MS = 30_000;

	private Call() {
	}

	/**
	 * How long the slow service is to take.
	 * @param query the query of a request, or {@code null} if it has none
	 * @return milliseconds, 0 to 30,000; nothing for any other query
	 */
	static OptionalInt delayMs(@Nullable String query) {
		if (query == null || !query.startsWith(PARAMETER)) {
			return OptionalInt.empty();
		}
		try {
			int delayMs = Integer.parseInt(query, PARAMETER.length(), query.length(), 10);
			return (delayMs >= 0 && delayMs <= MAX_DELAY_MS) ? OptionalInt.of(delayMs) : OptionalInt.empty();
		}
		catch (NumberFormatException ex) {
			return OptionalInt.empty();
		}
	}

	/**
	 * What the slow service is asked for.
	 * @param delayMs how long it is to take, in milliseconds
	 * @return path and query
	 */
	static String target(int delayMs) {
		return "/delay/" + delayMs + "?id=0";
	}

}
