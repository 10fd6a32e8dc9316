package dev.threelanes.report;

import java.util.ArrayList;
import java.util.List;

import dev.threelanes.experiments.Load;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;

/**
 * The answer where a few requests are offered beside others: what the others saw where
 * some lane had to hold them up.
 */
final class BesideAnswer {

	private BesideAnswer() {
	}

	static String of(Load.Beside load, List<LaneResult> lanes) {
		List<String> sentences = new ArrayList<>();
		for (Load.Encounter encounter : load.encounters()) {
			if (!encounter.heldUp().isEmpty()) {
				sentences.add(sentence(encounter.bystanders().name(), lanes));
			}
		}
		return String.join(" ", sentences);
	}

	private static String sentence(String step, List<LaneResult> lanes) {
		List<String> known = new ArrayList<>();
		List<String> missing = new ArrayList<>();
		for (LaneResult lane : lanes) {
			lane.steps()
				.stream()
				.filter((candidate) -> candidate.name().equals(step))
				.findFirst()
				.filter(BesideAnswer::measured)
				.ifPresentOrElse((found) -> known.add("%s ms on %s".formatted(p90(found), lane.title())),
						() -> missing.add(lane.title()));
		}
		if (known.isEmpty()) {
			return "There is no lane whose step '%s' could be measured in a way to be trusted.".formatted(step);
		}
		return Answer.without("In step '%s' nine of ten answers came within %s.".formatted(step, Answer.list(known)),
				missing);
	}

	private static boolean measured(StepResult step) {
		return step.valid() && step.latencyMs() != null && step.latencyMs().p90() != null;
	}

	private static String p90(StepResult step) {
		return Format.number((step.latencyMs() != null) ? step.latencyMs().p90() : null, 1);
	}

}
