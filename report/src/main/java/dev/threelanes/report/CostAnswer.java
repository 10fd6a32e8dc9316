package dev.threelanes.report;

import java.util.ArrayList;
import java.util.List;

import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;

/**
 * The answer where the price of a request is asked for: what each lane took of the
 * processors at the highest load.
 */
final class CostAnswer {

	private CostAnswer() {
	}

	static String of(List<LaneResult> lanes) {
		List<String> known = new ArrayList<>();
		List<String> missing = new ArrayList<>();
		double load = 0;
		for (LaneResult lane : lanes) {
			StepResult last = lane.steps().isEmpty() ? null : lane.steps().getLast();
			if (last != null && last.valid()
					&& (last.cpuMsPerRequest() != null || last.cpuMsPerRequestAtMost() != null)) {
				known.add("%s ms on %s".formatted(Format.cpu(last), lane.title()));
				load = last.load();
			}
			else {
				missing.add(lane.title());
			}
		}
		if (known.isEmpty()) {
			return "There is no lane whose CPU time could be measured in a way to be trusted.";
		}
		return Answer.without(
				"At %s requests a second each took a CPU time of %s.".formatted(Format.rate(load), Answer.list(known)),
				missing);
	}

}
