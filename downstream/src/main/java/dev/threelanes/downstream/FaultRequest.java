package dev.threelanes.downstream;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.netty.handler.codec.http.QueryStringDecoder;

/**
 * What a caller of {@code POST /faults?kind={kind}&forMs={forMs}} asks for.
 *
 * @param kind how the service shall fail
 * @param forMs for how long, 1 to {@value #MAX_FOR_MS} milliseconds, so that it ends even
 * if nobody ends it
 * @param byMs how much later slow answers shall come, 1 to
 * {@value DelayRequest#MAX_DELAY_MS} milliseconds; 0 for other kinds
 * @param percent how many of a hundred requests it shall meet, 1 to 100
 */
record FaultRequest(Kind kind, int forMs, int byMs, int percent) {

	static final String PATH = "/faults";

	static final int MAX_FOR_MS = 600_000;

	static FaultRequest of(QueryStringDecoder uri) {
		Map<String, List<String>> parameters = uri.parameters();
		Kind kind = Kind.of(first(parameters, "kind", ""));
		return new FaultRequest(kind, number(parameters, "forMs", "", MAX_FOR_MS),
				(kind == Kind.SLOW) ? number(parameters, "byMs", "", DelayRequest.MAX_DELAY_MS) : 0,
				number(parameters, "percent", "100", 100));
	}

	private static String first(Map<String, List<String>> parameters, String name, String otherwise) {
		List<String> values = parameters.get(name);
		return (values != null) ? values.getFirst() : otherwise;
	}

	private static int number(Map<String, List<String>> parameters, String name, String otherwise, int max) {
		return DelayRequest.parse(name, first(parameters, name, otherwise), 1, max);
	}

	/**
	 * How the service fails.
	 */
	enum Kind {

		/** It never answers. */
		HANG,

		/** It resets the connection. */
		RESET,

		/** It answers right and late. */
		SLOW,

		/** It answers with status 500. */
		ERRORS;

		static Kind of(String name) {
			return Arrays.stream(values())
				.filter((kind) -> kind.word().equals(name))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("kind must be one of "
						+ Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "))));
		}

		private String word() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
