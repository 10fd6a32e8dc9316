package dev.threelanes.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.threelanes.report.results.HeldResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.results.WakeUpResult;
import dev.threelanes.report.view.Format;

/**
 * The answer where all requests are in progress at once: how many were held, at which
 * price, and who was woken.
 */
final class HeldAnswer {

	/** Samples may miss the moment in which the last one comes. */
	private static final double ALL = 0.99;

	private HeldAnswer() {
	}

	/**
	 * Says what became of those who were held.
	 * @param lanes the lanes
	 * @return a sentence, or nothing where nobody was held
	 */
	static Optional<String> of(List<LaneResult> lanes) {
		List<String> parts = new ArrayList<>();
		for (LaneResult lane : lanes) {
			lane.steps()
				.stream()
				.filter((step) -> step.valid() && step.users() != null)
				.filter((step) -> step.held() != null || step.wakeUps() != null)
				.reduce((before, last) -> last)
				.ifPresent((step) -> parts.add(part(lane, step)));
		}
		return parts.isEmpty() ? Optional.empty() : Optional.of(sentence(String.join("; ", parts)));
	}

	private static String sentence(String text) {
		return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
	}

	// Whoever is not in progress waits in front of the lane.
	private static String atOnce(StepResult step, String users) {
		Double inFlight = step.inFlight();
		return (inFlight != null && inFlight < ALL * Objects.requireNonNull(step.users()))
				? "%s of %s".formatted(Format.number(inFlight, 0), users) : users;
	}

	private static String part(LaneResult lane, StepResult step) {
		String users = Format.number(Objects.requireNonNull(step.users()).doubleValue(), 0);
		WakeUpResult woken = step.wakeUps();
		if (woken != null) {
			return "of %s who waited %s woke %s by wake=2 and %s by wake=all, the last of them after %s ms".formatted(
					users, lane.title(), Format.number(woken.first(), 0), Format.number(woken.then(), 0),
					Format.millis(woken.thenMs()));
		}
		HeldResult held = Objects.requireNonNull(step.held());
		long failed = step.errors().values().stream().mapToLong(Long::longValue).sum();
		String part = "%s held %s requests at once and failed %s".formatted(lane.title(), atOnce(step, users),
				(failed > 0) ? "%s of them".formatted(Format.number((double) failed, 0)) : "none");
		return (held.heapBytesPerRequest() != null)
				? "%s, for %s KiB of heap each".formatted(part, Format.kibibytes(held.heapBytesPerRequest())) : part;
	}

}
