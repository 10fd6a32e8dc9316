package dev.threelanes.report.verdict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

import dev.threelanes.experiments.Conditions;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Prediction;
import dev.threelanes.experiments.Quantity;
import dev.threelanes.report.estimate.LaneEstimate;
import dev.threelanes.report.estimate.LaneStep;
import dev.threelanes.report.estimate.Percentile;
import dev.threelanes.report.estimate.StepEstimate;
import dev.threelanes.report.estimate.WakeUpFigures;
import dev.threelanes.report.results.PredictionResult;
import dev.threelanes.report.results.PredictionResult.Check;
import dev.threelanes.report.results.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Compares an experiment's predictions with what its lanes did.
 *
 * @param experiment the experiment
 * @param lanes what was measured
 */
public record Judge(Experiment experiment, List<LaneEstimate> lanes) {

	/**
	 * All predictions with their checks.
	 * @return the predictions in the catalogue's order
	 */
	public List<PredictionResult> predictions() {
		return this.experiment.predictions().parallelStream().map(this::check).toList();
	}

	/**
	 * What is predicted for a lane at a step.
	 * @param quantity the quantity
	 * @param lane the lane
	 * @param step the step
	 * @return the value in the quantity's unit, or nothing where none is predicted
	 */
	public OptionalDouble predicted(Quantity quantity, LaneEstimate lane, LaneStep step) {
		return this.experiment.predictions()
			.stream()
			.filter((prediction) -> prediction.quantity() == quantity)
			.filter(Prediction.Value.class::isInstance)
			.map(Prediction.Value.class::cast)
			.map((prediction) -> predict(prediction.model(), lane, step))
			.filter(OptionalDouble::isPresent)
			.findFirst()
			.orElse(OptionalDouble.empty());
	}

	/**
	 * One verdict out of several: what could not be measured counts most, then what was
	 * refuted; only if all are confirmed is the whole.
	 * @param verdicts the verdicts; none is no confirmation
	 * @return the verdict on all of them together
	 */
	public static Verdict together(Collection<Verdict> verdicts) {
		if (verdicts.contains(Verdict.INVALID)) {
			return Verdict.INVALID;
		}
		if (verdicts.contains(Verdict.REFUTED)) {
			return Verdict.REFUTED;
		}
		return (verdicts.isEmpty() || verdicts.contains(Verdict.INCONCLUSIVE)) ? Verdict.INCONCLUSIVE
				: Verdict.CONFIRMED;
	}

	private PredictionResult check(Prediction prediction) {
		List<Check> checks = switch (prediction) {
			case Prediction.Value value -> values(value, value.model(), null);
			case Prediction.Limit limit -> values(limit, limit.model(), limit.side());
			case Prediction.Equivalence equivalence -> pairs(equivalence);
			case Prediction.Best best -> rivals(best);
		};
		return new PredictionResult(prediction.formula(), prediction.quantity().title(), prediction.quantity().unit(),
				prediction.source(), prediction.band(), checks);
	}

	// A value, or a limit if there is a side.
	private List<Check> values(Prediction prediction, Prediction.Model model, Prediction.@Nullable Side side) {
		List<Check> checks = new ArrayList<>();
		for (LaneEstimate lane : this.lanes) {
			for (LaneStep step : lane.steps()) {
				Comparison comparison = new Comparison(lane.lane(), null, step.step().name(), prediction.band(),
						resolution(prediction.quantity(), step));
				if (lane.known().isEmpty()) {
					// Theory says nothing about a service that it does not know.
					continue;
				}
				if (!step.valid() || (lane.overheadMs() == null && !step.step().waiting())) {
					if (concerns(model, lane, step)) {
						checks.add(comparison.invalid(step.valid()
								? "no step below the cap is valid, so that ε is not known" : "the step is not valid"));
					}
					continue;
				}
				List<Double> measured = measured(prediction.quantity(), step);
				predict(model, lane, step)
					.ifPresent((predicted) -> checks.add(withheld(prediction.quantity(), step).map(comparison::withheld)
						.orElseGet(() -> (side != null) ? comparison.withLimit(side, predicted, measured)
								: comparison.withValue(predicted, measured))));
			}
		}
		return checks;
	}

	private List<Check> pairs(Prediction.Equivalence prediction) {
		List<Check> checks = new ArrayList<>();
		List<LaneEstimate> known = this.lanes.stream().filter((lane) -> lane.known().isPresent()).toList();
		for (int left = 0; left < known.size(); left++) {
			for (int right = left + 1; right < known.size(); right++) {
				checks.addAll(pair(prediction, known.get(left), known.get(right), null));
			}
		}
		return checks;
	}

	private List<Check> rivals(Prediction.Best prediction) {
		List<Check> checks = new ArrayList<>();
		prediction.rivals()
			.forEach((own, rivals) -> lane(own).ifPresent((lane) -> rivals.forEach((rival) -> lane(rival)
				.ifPresent((other) -> checks.addAll(pair(prediction, lane, other, Prediction.Side.AT_MOST))))));
		return checks;
	}

	private Optional<LaneEstimate> lane(String name) {
		return this.lanes.stream().filter((lane) -> lane.lane().equals(name)).findFirst();
	}

	// Equal, or at most as much if there is a side.
	private List<Check> pair(Prediction prediction, LaneEstimate left, LaneEstimate right,
			Prediction.@Nullable Side side) {
		List<Check> checks = new ArrayList<>();
		for (LaneStep step : left.steps()) {
			Comparison comparison = new Comparison(left.lane(), right.lane(), step.step().name(), prediction.band(),
					resolution(prediction.quantity(), step));
			Optional<LaneStep> other = right.steps()
				.stream()
				.filter((candidate) -> candidate.step().equals(step.step()))
				.findFirst();
			if (!step.valid() || other.isEmpty() || !other.get().valid()) {
				checks.add(comparison.invalid("the step is not valid on both lanes"));
			}
			else {
				checks.add(withheld(prediction.quantity(), step).or(() -> withheld(prediction.quantity(), other.get()))
					.map(comparison::withheld)
					.orElseGet(() -> comparison.withOther(side, measured(prediction.quantity(), step),
							measured(prediction.quantity(), other.get()))));
			}
		}
		return checks;
	}

	private OptionalDouble predict(Prediction.Model model, LaneEstimate lane, LaneStep step) {
		// How long a caller waits who waits to be woken is no service time: it has no ε.
		Double overheadMs = (lane.overheadMs() == null && step.step().waiting()) ? Double.valueOf(0)
				: lane.overheadMs();
		if (lane.known().isEmpty() || overheadMs == null) {
			return OptionalDouble.empty();
		}
		return model.value(conditions(lane, lane.known().get(), step, overheadMs / 1000));
	}

	// A lane without a valid step has no ε; what the formula speaks of shows without it.
	private boolean concerns(Prediction.Model model, LaneEstimate lane, LaneStep step) {
		return model.value(conditions(lane, lane.known().orElseThrow(), step, 0)).isPresent();
	}

	private Conditions conditions(LaneEstimate lane, Lane known, LaneStep step, double overheadSeconds) {
		String name = step.step().name();
		return new Conditions(known, name, this.experiment.request(name, lane.parameters()).depth(), step.step().rps(),
				step.step().open() ? 0 : (int) step.step().arrivals(), this.experiment.seenBy(lane.lane()).bound(),
				lane.parameters(), overheadSeconds);
	}

	private static double resolution(Quantity quantity, LaneStep step) {
		return (quantity != Quantity.THROUGHPUT) ? 0
				: step.forks()
					.stream()
					.map(StepEstimate::windowSeconds)
					.filter(Objects::nonNull)
					.mapToDouble((seconds) -> 1 / seconds)
					.max()
					.orElse(0);
	}

	// Why a step that is valid has no figure to be compared, if it has none.
	private static Optional<String> withheld(Quantity quantity, LaneStep step) {
		return switch (quantity) {
			case CPU_PER_REQUEST, RELATIVE_CPU -> step.forks().stream().anyMatch(StepEstimate::cpuWithheld)
					? Optional.of("withheld: the JIT compiler took too much of it") : Optional.empty();
			case P90_LATENCY -> step.forks().stream().anyMatch(StepEstimate::p90Thin)
					? Optional.of("withheld: it rests on fewer than %d answers beyond it".formatted(Percentile.ENOUGH))
					: Optional.empty();
			default -> Optional.empty();
		};
	}

	private static List<Double> woken(LaneStep step, Function<WakeUpFigures, @Nullable Double> figure) {
		return step.values((fork) -> (fork.wakeUps() != null) ? figure.apply(fork.wakeUps()) : null);
	}

	private static List<Double> measured(Quantity quantity, LaneStep step) {
		return switch (quantity) {
			case THROUGHPUT -> step.values(StepEstimate::goodputRps);
			case WAIT_GROWTH -> step.values(StepEstimate::waitGrowth);
			case MEDIAN_LATENCY -> step.values(StepEstimate::medianMs);
			case P90_LATENCY -> step.values(StepEstimate::p90Ms);
			case MAKESPAN -> step.values(StepEstimate::makespanMs);
			case FIRST_WAVE -> step.values(StepEstimate::firstWave);
			case LATE_THROUGHPUT -> step.values((fork) -> fork.resilience().lateGoodputRps());
			case PROMPT_REFUSALS -> step.values((fork) -> fork.resilience().promptRefusals());
			case RECOVERY -> step.values((fork) -> fork.resilience().recoveryMs());
			case LONGEST -> step.values((fork) -> fork.resilience().longestMs());
			case IN_FLIGHT -> step.values(StepEstimate::inFlight);
			case FAILURES -> step.values(StepEstimate::failures);
			case WOKEN_FIRST -> woken(step, WakeUpFigures::first);
			case WOKEN_THEN -> woken(step, WakeUpFigures::then);
			case MISCOUNTED -> woken(step, WakeUpFigures::miscounted);
			case CPU_PER_REQUEST -> step.values(StepEstimate::cpuMsPerRequest);
			case RELATIVE_CPU -> step.values(StepEstimate::relativeCpu);
		};
	}

}
