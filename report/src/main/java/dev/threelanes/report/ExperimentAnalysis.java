package dev.threelanes.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.threelanes.experiments.Contender;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Load;
import dev.threelanes.experiments.Objective;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Quantity;
import dev.threelanes.experiments.Reference;
import dev.threelanes.report.estimate.LaneEstimate;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.Figures;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.PredictionResult;
import dev.threelanes.report.results.PredictionResult.Check;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.results.Verdict;
import dev.threelanes.report.verdict.Judge;
import dev.threelanes.report.verdict.Ratios;
import org.jspecify.annotations.Nullable;

/**
 * From an experiment's cells to its result.
 */
final class ExperimentAnalysis {

	private final Experiment experiment;

	private final Parameters parameters;

	private final Objective objective;

	private final List<LaneCells> lanes;

	private final Map<String, String> leftOut;

	private final Map<String, LaneEstimate> estimates = new LinkedHashMap<>();

	private final Judge judge;

	/**
	 * Prepares the analysis.
	 * @param experiment the experiment
	 * @param parameters the values of the run
	 * @param lanes the cells of each lane, in the order of the page
	 * @param leftOut why contenders could not be run, by their name
	 */
	ExperimentAnalysis(Experiment experiment, Parameters parameters, List<LaneCells> lanes,
			Map<String, String> leftOut) {
		this.experiment = experiment;
		this.parameters = parameters;
		this.objective = Objective.of(parameters);
		this.lanes = lanes;
		this.leftOut = leftOut;
		lanes.parallelStream()
			.filter((lane) -> !lane.lost())
			.map((lane) -> LaneEstimate.of(lane.lane(), lane.forks()))
			.toList()
			.forEach((estimate) -> this.estimates.put(estimate.lane(), estimate));
		this.judge = new Judge(experiment, List.copyOf(this.estimates.values()));
	}

	ExperimentResult result() {
		List<PredictionResult> predictions = forTests()
				? this.judge.predictions().stream().map(PredictionResult::forTests).toList() : this.judge.predictions();
		List<Check> checks = predictions.stream().flatMap((prediction) -> prediction.checks().stream()).toList();
		List<LaneResult> results = this.lanes.parallelStream().map((lane) -> result(lane, checks)).toList();
		List<Verdict> verdicts = new ArrayList<>(checks.stream().map(Check::verdict).toList());
		List<String> lost = this.lanes.stream().filter(LaneCells::lost).map(LaneCells::lane).toList();
		if (!lost.isEmpty()) {
			verdicts.add(Verdict.INVALID);
		}
		return new ExperimentResult(this.experiment.id(), this.experiment.question(), this.experiment.source(),
				this.parameters.asMap(), this.objective.p99().toNanos() / 1e6, answer(predictions, results),
				Judge.together(verdicts), Finding.of(checks, lost), predictions,
				Ratios.of(List.copyOf(this.estimates.values())), results, leftOut());
	}

	private boolean forTests() {
		return this.lanes.stream()
			.flatMap((lane) -> lane.forks().stream())
			.anyMatch((fork) -> fork.cell().cell().profile().equals(Profile.SMOKE.id()));
	}

	private String answer(List<PredictionResult> predictions, List<LaneResult> results) {
		if (this.experiment.load() instanceof Load.Beside beside) {
			return BesideAnswer.of(beside, results);
		}
		return this.experiment.compiled() ? CostAnswer.of(results) : Answer.of(predictions, results);
	}

	List<LaneEstimate> estimates() {
		return List.copyOf(this.estimates.values());
	}

	private LaneResult result(LaneCells lane, List<Check> checks) {
		LaneEstimate estimate = this.estimates.get(lane.lane());
		if (estimate == null) {
			return new LaneResult(lane.lane(), title(lane.lane()), lane.forks().size() + lane.losses().size(), null,
					null, null, null, Verdict.INVALID, lane.losses(), List.of(), null);
		}
		Optional<LaneEstimate.Capacity> capacity = estimate.capacity(this.objective);
		List<StepResult> steps = estimate.steps()
			.stream()
			.map((step) -> StepFigures.of(step, this.judge.predicted(Quantity.THROUGHPUT, estimate, step),
					this.judge.predicted(Quantity.MAKESPAN, estimate, step)))
			.toList();
		List<Verdict> verdicts = checks.stream()
			.filter((check) -> lane.lane().equals(check.lane()) || lane.lane().equals(check.other()))
			.map(Check::verdict)
			.toList();
		return new LaneResult(lane.lane(), title(lane.lane()), lane.forks().size(),
				Figures.round(this.experiment.seenBy(lane.lane()).bound().rps(estimate.parameters())),
				capacity.map(LaneEstimate.Capacity::offeredRps).map(Figures::round).orElse(null),
				capacity.map(LaneEstimate.Capacity::atLeast).orElse(null),
				(estimate.overheadMs() != null) ? Figures.round(estimate.overheadMs()) : null, Judge.together(verdicts),
				List.of(), steps, ColdStarts.of(lane.forks()));
	}

	private @Nullable Map<String, String> leftOut() {
		Map<String, String> titled = new LinkedHashMap<>();
		this.leftOut.forEach((contender, why) -> titled.put(title(contender), why));
		return titled.isEmpty() ? null : titled;
	}

	private String title(String lane) {
		return this.experiment.contender(lane)
			.map(Contender::title)
			.or(() -> Reference.of(lane).map(Reference::title))
			.orElse(lane);
	}

}
