package dev.threelanes.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;
import org.jspecify.annotations.Nullable;

/**
 * The answer of an experiment in which the downstream fails for a while.
 */
final class RecoveryAnswer {

	private RecoveryAnswer() {
	}

	/**
	 * Says how long each lane needed to recover from each fault.
	 * @param lanes the lanes
	 * @return the sentence, or {@code null} if the downstream did not fail in any valid
	 * step
	 */
	static @Nullable String of(List<LaneResult> lanes) {
		List<String> parts = new ArrayList<>();
		for (String step : lanes.stream()
			.flatMap((lane) -> lane.steps().stream())
			.map(StepResult::name)
			.distinct()
			.toList()) {
			List<String> times = lanes.stream().flatMap((lane) -> times(lane, step).stream()).toList();
			if (!times.isEmpty()) {
				parts.add("after '%s', %s".formatted(step, String.join(", ", times)));
			}
		}
		return parts.isEmpty() ? null
				: "Until there were 95 %% of the normal answers again it took, %s.".formatted(String.join("; ", parts));
	}

	private static Collection<String> times(LaneResult lane, String name) {
		List<String> times = new ArrayList<>();
		for (StepResult step : lane.steps()) {
			if (step.name().equals(name) && step.resilience() != null && step.resilience().recovery() != null) {
				times.add("%s s on %s".formatted(Format.number(step.resilience().recovery() / 1000, 1), lane.title()));
			}
		}
		return times;
	}

}
