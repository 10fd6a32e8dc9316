package dev.threelanes.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.results.WakeUpResult;
import dev.threelanes.report.view.Format;
import org.jspecify.annotations.Nullable;

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
		Map<String, List<Price>> alike = new LinkedHashMap<>();
		for (LaneResult lane : lanes) {
			lane.steps()
				.stream()
				.filter((step) -> step.valid() && step.users() != null)
				.filter((step) -> step.held() != null || step.wakeUps() != null)
				.reduce((before, last) -> last)
				.ifPresent((step) -> {
					if (step.wakeUps() != null) {
						parts.add(woken(lane, step, step.wakeUps()));
					}
					else {
						alike.computeIfAbsent(fate(step), (fate) -> new ArrayList<>()).add(Price.of(lane, step));
					}
				});
		}
		alike.forEach((fate, prices) -> parts.add(held(fate, prices)));
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

	private static String woken(LaneResult lane, StepResult step, WakeUpResult woken) {
		return "of %s who waited %s woke %s by wake=2 and %s by wake=all, the last of them after %s ms".formatted(
				users(step), lane.title(), Format.number(woken.first(), 0), Format.number(woken.then(), 0),
				Format.millis(woken.thenMs()));
	}

	private static String users(StepResult step) {
		return Format.number(Objects.requireNonNull(step.users()).doubleValue(), 0);
	}

	private static String fate(StepResult step) {
		long failed = step.errors().values().stream().mapToLong(Long::longValue).sum();
		return "held %s requests at once and failed %s".formatted(atOnce(step, users(step)),
				(failed > 0) ? "%s of them".formatted(Format.number((double) failed, 0)) : "none");
	}

	private static String held(String fate, List<Price> lanes) {
		String text = "%s %s".formatted(Answer.list(lanes.stream().map(Price::lane).toList()), fate);
		List<String> prices = lanes.stream()
			.filter((price) -> price.heapBytes() != null)
			.map((price) -> Format.kibibytes(price.heapBytes())
					+ ((lanes.size() > 1) ? " KiB on " + price.lane() : " KiB"))
			.toList();
		return prices.isEmpty() ? text : "%s, each for a heap of %s".formatted(text, Answer.list(prices));
	}

	/**
	 * What a held request took of a lane.
	 *
	 * @param lane the lane's title
	 * @param heapBytes of the heap, or {@code null} if nobody knows
	 */
	private record Price(String lane, @Nullable Double heapBytes) {

		static Price of(LaneResult lane, StepResult step) {
			return new Price(lane.title(), Objects.requireNonNull(step.held()).heapBytesPerRequest());
		}

	}

}
