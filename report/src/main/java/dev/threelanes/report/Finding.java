package dev.threelanes.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.threelanes.report.results.PredictionResult;
import dev.threelanes.report.results.PredictionResult.Check;
import dev.threelanes.report.results.Verdict;

/**
 * What a verdict rests on, in plain words.
 */
final class Finding {

	private Finding() {
	}

	static String of(List<Check> checks, Collection<String> lost) {
		List<String> parts = new ArrayList<>();
		if (!lost.isEmpty()) {
			parts.add("no figures of " + String.join(", ", lost) + ", whose files cannot be read");
		}
		if (checks.isEmpty()) {
			parts.add("nothing was measured that a prediction speaks of");
			return sentence(parts);
		}
		List<Check> known = checks.stream().filter((check) -> check.measured() != null).toList();
		// How many for which reason.
		Map<String, Long> withheld = checks.stream()
			.filter((check) -> check.measured() == null && check.verdict() != Verdict.INVALID)
			.collect(Collectors.groupingBy(Check::finding, TreeMap::new, Collectors.counting()));
		if (!known.isEmpty()) {
			long inside = known.stream().filter(Check::insideBand).count();
			parts.add("%s %s".formatted(
					(inside == known.size()) ? all(known.size()) : inside + " of " + known.size() + " measured values",
					(inside == 1 && known.size() == 1) ? "lies in its predicted band"
							: "lie in their predicted bands"));
		}
		List<String> outside = known.stream().filter((check) -> !check.insideBand()).map(Finding::place).toList();
		if (!outside.isEmpty()) {
			parts.add("outside: " + String.join(", ", outside));
		}
		long invalid = checks.stream().filter((check) -> check.verdict() == Verdict.INVALID).count();
		if (invalid > 0) {
			parts.add("%s could not be measured in a way to be trusted".formatted(invalid));
		}
		withheld.forEach((why, count) -> parts.add("%s %s".formatted(count, why)));
		long undecided = known.stream()
			.filter((check) -> check.low() != null && check.verdict() == Verdict.INCONCLUSIVE)
			.filter((check) -> !check.finding().equals(PredictionResult.FOR_TESTS))
			.count();
		if (undecided > 0) {
			parts.add("for %s the interval over forks crosses the edge of the band".formatted(undecided));
		}
		if (known.stream().anyMatch((check) -> check.finding().equals(PredictionResult.FOR_TESTS))) {
			parts.add(PredictionResult.FOR_TESTS);
		}
		if (known.stream().anyMatch((check) -> check.low() == null)) {
			parts.add("with fewer than three forks nothing is confirmed or refuted");
		}
		return sentence(parts);
	}

	private static String all(int count) {
		return (count == 1) ? "the measured value" : "all %s measured values".formatted(count);
	}

	private static String place(Check check) {
		return "%s at %s".formatted((check.other() != null) ? check.lane() + " and " + check.other() : check.lane(),
				check.step());
	}

	private static String sentence(List<String> parts) {
		String text = String.join("; ", parts);
		return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
	}

}
