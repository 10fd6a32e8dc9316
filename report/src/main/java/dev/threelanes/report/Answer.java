package dev.threelanes.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.threelanes.experiments.Quantity;
import dev.threelanes.report.results.ColdStartResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.PredictionResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an experiment's question in one sentence with figures. It says what was
 * measured; whether that is what was predicted is the verdict's affair.
 */
final class Answer {

	/** A lane that answers this share of the offered load in time has kept up. */
	private static final double KEPT_UP = 0.98;

	private Answer() {
	}

	static String of(List<PredictionResult> predictions, List<LaneResult> lanes) {
		Optional<String> held = HeldAnswer.of(lanes);
		if (held.isPresent()) {
			return held.get();
		}
		List<Measured> measured = measured(lanes);
		if (measured.isEmpty()) {
			return "There is no step at which a lane could be measured in a way to be trusted.";
		}
		String recovery = RecoveryAnswer.of(lanes);
		if (recovery != null) {
			return recovery;
		}
		if (measured.stream().anyMatch((lane) -> lane.lane().coldStart() != null)) {
			return coldStarts(measured);
		}
		boolean throughput = predictions.stream()
			.anyMatch((prediction) -> prediction.quantity().equals(Quantity.THROUGHPUT.title()));
		boolean burst = measured.stream().anyMatch((lane) -> lane.step().makespanMs() != null);
		String answer = burst ? makespans(measured) : (throughput && measured.getFirst().step().offeredRps() != null)
				? throughput(measured) : throughput ? rates(measured) : medians(measured);
		return without(answer,
				lanes.stream()
					.filter((lane) -> measured.stream().noneMatch((known) -> known.lane().equals(lane)))
					.map(LaneResult::title)
					.toList());
	}

	// The lanes at the highest step at which most of them are valid.
	private static List<Measured> measured(List<LaneResult> lanes) {
		List<Measured> best = List.of();
		int steps = lanes.stream().mapToInt((lane) -> lane.steps().size()).max().orElse(0);
		for (int i = 0; i < steps; i++) {
			List<Measured> here = new ArrayList<>();
			for (LaneResult lane : lanes) {
				if (i < lane.steps().size() && lane.steps().get(i).valid()
						&& (lane.steps().get(i).goodputRps() != null || lane.steps().get(i).makespanMs() != null)) {
					here.add(new Measured(lane, lane.steps().get(i)));
				}
			}
			if (!here.isEmpty() && here.size() >= best.size()) {
				best = here;
			}
		}
		return best;
	}

	private static String throughput(List<Measured> measured) {
		if (measured.stream().mapToDouble((lane) -> lane.step().load()).distinct().count() > 1) {
			return shares(measured);
		}
		double offered = measured.getFirst().step().load();
		List<Measured> behind = measured.stream().filter((lane) -> lane.goodput() < KEPT_UP * offered).toList();
		List<Measured> kept = measured.stream().filter((lane) -> lane.goodput() >= KEPT_UP * offered).toList();
		StringBuilder text = new StringBuilder("Offered %s requests a second, ".formatted(Format.rate(offered)));
		for (Measured lane : behind) {
			Double predicted = lane.step().predictedRps();
			text.append((lane != behind.getFirst()) ? " and " : "")
				.append("%s levelled off at %s".formatted(lane.title(), Format.number(lane.goodput(), 0)))
				.append((lane == behind.getFirst()) ? " correct answers a second" : "")
				.append((predicted != null && predicted < KEPT_UP * offered)
						? " (%s predicted)".formatted(Format.number(predicted, 0)) : "");
		}
		text.append((behind.isEmpty() || kept.isEmpty()) ? "" : ", while ");
		if (!kept.isEmpty()) {
			text.append(list(kept.stream()
				.map((lane) -> "%s (%s)".formatted(lane.title(), Format.number(lane.goodput(), 0)))
				.toList())).append(" kept up");
		}
		return text.append('.').toString();
	}

	// Each has a load of its own.
	private static String shares(List<Measured> measured) {
		return "In step '%s' there were %s.".formatted(measured.getFirst().step().name(),
				list(measured.stream()
					.map((lane) -> "%s correct answers to %s requests a second on %s%s".formatted(
							Format.rate(lane.goodput()), Format.rate(lane.step().load()), lane.title(),
							(lane.step().predictedRps() != null)
									? " (%s predicted)".formatted(Format.rate(lane.step().predictedRps())) : ""))
					.toList()));
	}

	private static String coldStarts(List<Measured> measured) {
		List<String> starts = new ArrayList<>();
		for (Measured lane : measured) {
			ColdStartResult start = lane.lane().coldStart();
			if (start != null) {
				starts
					.add("%s was ready after %s s, and after %s s more its latency was within 5 %% of the steady %s ms"
						.formatted(lane.title(), seconds(start.startUpMs()), seconds(start.latencyMs()),
								Format.millis(start.steadyLatencyMs())));
			}
		}
		return String.join("; ", starts) + ".";
	}

	private static String makespans(List<Measured> measured) {
		List<String> spans = measured.stream().map((lane) -> {
			Double predicted = lane.step().predictedMakespanMs();
			return "%s s on %s%s".formatted(seconds(lane.step().makespanMs()), lane.title(),
					(predicted != null) ? " (%s predicted)".formatted(seconds(predicted)) : "");
		}).toList();
		return "The last of %s requests that arrived at once was answered after %s."
			.formatted(measured.getFirst().step().users(), list(spans));
	}

	private static String rates(List<Measured> measured) {
		return "With %s users who ask again when answered there were %s."
			.formatted(measured.getFirst().step().users(), list(measured.stream()
				.map((lane) -> "%s answers a second on %s".formatted(Format.number(lane.goodput(), 0), lane.title()))
				.toList()));
	}

	private static String seconds(@Nullable Double milliseconds) {
		return (milliseconds != null) ? Format.number(milliseconds / 1000, 2) : Format.NONE;
	}

	private static String medians(List<Measured> measured) {
		List<Measured> known = measured.stream().filter((lane) -> lane.median() != null).toList();
		if (known.isEmpty()) {
			return "No lane gave enough answers for a median.";
		}
		List<String> medians = known.stream()
			.map((lane) -> "%s ms on %s".formatted(Format.number(lane.median(), 1), lane.title()))
			.toList();
		String text = "%s the median answer took %s".formatted(load(known.getFirst().step()), list(medians));
		if (known.size() == 1) {
			return text + ".";
		}
		DoubleSummaryStatistics range = known.stream()
			.mapToDouble((lane) -> Objects.requireNonNull(lane.median()))
			.summaryStatistics();
		return "%s: %s ms apart.".formatted(text, Format.number(range.getMax() - range.getMin(), 1));
	}

	// What a step is called that others share the load with.
	private static String load(StepResult step) {
		String rate = "At %s requests a second".formatted(Format.rate(step.load()));
		return step.name().contains(" x ") ? rate : "%s, in step '%s',".formatted(rate, step.name());
	}

	static String without(String answer, List<String> missing) {
		return missing.isEmpty() ? answer
				: "%s There is no valid figure of %s at this load.".formatted(answer, list(missing));
	}

	static String list(Collection<String> words) {
		List<String> all = List.copyOf(words);
		// Some contenders have a comma in their name.
		String separator = all.stream().anyMatch((word) -> word.contains(", ")) ? "; " : ", ";
		return (all.size() < 2) ? String.join("", all)
				: String.join(separator, all.subList(0, all.size() - 1)) + " and " + all.getLast();
	}

	/**
	 * A lane at the step that the answer speaks of.
	 *
	 * @param lane the lane
	 * @param step the step, valid and with a goodput
	 */
	private record Measured(LaneResult lane, StepResult step) {

		String title() {
			return this.lane.title();
		}

		double goodput() {
			return Objects.requireNonNull(this.step.goodputRps());
		}

		@Nullable Double median() {
			return (this.step.latencyMs() != null) ? this.step.latencyMs().p50() : null;
		}

	}

}
