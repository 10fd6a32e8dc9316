package dev.threelanes.downstream;

import java.util.List;

import io.netty.handler.codec.http.QueryStringDecoder;

/**
 * What a caller of {@code GET /delay/{delayMs}?id={id}} asks for.
 *
 * @param delayMs how long the answer shall take, 0 to {@value #MAX_DELAY_MS} milliseconds
 * @param id what the answer repeats, so that the caller of several can tell them apart
 */
record DelayRequest(int delayMs, int id) {

	static final String PATH = "/delay/";

	static final int MAX_DELAY_MS = 60_000;

	static DelayRequest of(QueryStringDecoder uri) {
		int delayMs = parse("delayMs", uri.path().substring(PATH.length()), 0, MAX_DELAY_MS);
		List<String> ids = uri.parameters().get("id");
		return new DelayRequest(delayMs, (ids != null) ? parse("id", ids.getFirst(), 0, Integer.MAX_VALUE) : 0);
	}

	String body() {
		return "{\"id\":" + this.id + ",\"delayMs\":" + this.delayMs + "}";
	}

	static int parse(String name, String text, int min, int max) {
		try {
			int value = Integer.parseInt(text);
			if (value >= min && value <= max) {
				return value;
			}
		}
		catch (NumberFormatException ex) {
			// Answered like a number out of bounds.
		}
		throw new IllegalArgumentException("%s must be a whole number between %d and %d".formatted(name, min, max));
	}

}
