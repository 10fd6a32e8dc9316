package dev.threelanes.runner;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The language that Prometheus is asked in, as far as is needed to see what is asked for.
 * Whether a question is well formed Prometheus itself says.
 */
final class PromQl {

	// What names no metric: texts, matchers, spans of time and lists of labels.
	private static final Pattern NO_METRIC = Pattern
		.compile("\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(?:by|without|on|ignoring)\\s*\\([^)]*\\)");

	private static final Pattern NUMBER = Pattern.compile("\\b[0-9][0-9.]*(?:[eE][-+]?[0-9]+)?\\b");

	// A name that is no function's.
	private static final Pattern NAME = Pattern.compile("[A-Za-z_:][A-Za-z0-9_:]*+(?!\\s*\\()");

	private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "sum", "max", "min", "NaN",
			"Inf");

	private PromQl() {
	}

	/**
	 * Finds the metrics that an expression asks for.
	 * @param expression the expression
	 * @return their names
	 */
	static Set<String> metrics(String expression) {
		String names = NUMBER.matcher(NO_METRIC.matcher(expression).replaceAll(" ")).replaceAll(" ");
		return NAME.matcher(names)
			.results()
			.map(MatchResult::group)
			.filter((name) -> !WORDS.contains(name))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
