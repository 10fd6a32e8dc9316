package dev.threelanes.report;

import java.util.ArrayList;
import java.util.List;

import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;

/**
 * The answer where the price of a request is asked for: what each lane took of the
 * processors at the highest load, in milliseconds and, where that is known of each of
 * them, in multiples of the generator's. Milliseconds are what people know; multiples are
 * what may be compared on a machine that changes its speed.
 */
final class CostAnswer {

	private CostAnswer() {
	}

	static String of(List<LaneResult> lanes) {
		List<String> known = new ArrayList<>();
		List<String> multiples = new ArrayList<>();
		List<String> missing = new ArrayList<>();
		double load = 0;
		for (LaneResult lane : lanes) {
			StepResult last = lane.steps().isEmpty() ? null : lane.steps().getLast();
			if (last != null && last.valid()
					&& (last.cpuMsPerRequest() != null || last.cpuMsPerRequestAtMost() != null)) {
				known.add("%s ms on %s".formatted(Format.cpu(last), lane.title()));
				if (last.relativeCpu() != null) {
					multiples.add("%s on %s".formatted(Format.number(last.relativeCpu(), 2), lane.title()));
				}
				load = last.load();
			}
			else {
				missing.add(lane.title());
			}
		}
		if (known.isEmpty()) {
			return "There is no lane whose CPU time could be measured in a way to be trusted.";
		}
		String answer = "At %s requests a second each took a CPU time of %s.".formatted(Format.rate(load),
				Answer.list(known));
		if (multiples.size() == known.size()) {
			answer += " In multiples of the generator's, of which the machine's speed is no part, that is %s."
				.formatted(Answer.list(multiples));
		}
		return Answer.without(answer, missing);
	}

}
