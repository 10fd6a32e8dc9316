package dev.threelanes.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import dev.threelanes.experiments.Contender;
import dev.threelanes.experiments.Control;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.report.cell.RunFiles.Place;
import dev.threelanes.report.estimate.LaneEstimate;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.Results;
import dev.threelanes.report.results.RuleResult;
import dev.threelanes.report.results.RuleResult.Breach;
import dev.threelanes.report.results.Verdict;
import dev.threelanes.report.validity.CheckedCell;
import dev.threelanes.report.validity.Closest;
import dev.threelanes.report.validity.Reason;
import dev.threelanes.report.validity.Rule;
import dev.threelanes.report.validity.Rules;
import dev.threelanes.report.validity.RunRule;
import org.jspecify.annotations.Nullable;

/**
 * From a run's cells to its results: validation, estimates, verdicts.
 */
final class Analysis {

	private final Run run;

	private final List<CheckedCell> cells;

	Analysis(Run run) {
		this.run = run;
		this.cells = CheckedCell.of(run.cells());
	}

	Results results() {
		List<Experiment> experiments = this.run.experiments();
		List<ExperimentResult> results = experiments.stream().map(this::result).toList();
		RuleResult control = control(results);
		if (!control.broken().isEmpty()) {
			results = results.stream().map((result) -> result.invalid(control.broken().getFirst().text())).toList();
		}
		List<RuleResult> rules = rules();
		rules.add(control);
		return new Results(Results.SCHEMA, this.run.manifest().runId(), this.run.manifest().complete(),
				problems(experiments), rules, results);
	}

	// What differs between a lane and itself is noise, and then all differences may be.
	private static RuleResult control(List<ExperimentResult> results) {
		String title = "A lane measured against itself came out equal";
		List<Breach> breaches = new ArrayList<>();
		for (ExperimentResult result : results) {
			if (result.id().equals(Control.ID)) {
				if (result.verdict() == Verdict.REFUTED) {
					breaches.add(new Breach(result.id(), null,
							"The same lane differs from itself by more than the band: this machine was too noisy"));
				}
				return new RuleResult(Control.ID, title, breaches, List.of());
			}
		}
		return new RuleResult(Control.ID, title, List.of(),
				List.of(new Breach("run", null, "the experiment 'control' is not part of this run")));
	}

	/**
	 * The estimates of an experiment, for whoever compares runs.
	 * @param experiment the experiment
	 * @return the lanes that could be read
	 */
	List<LaneEstimate> estimates(Experiment experiment) {
		return analysis(experiment).estimates();
	}

	private ExperimentResult result(Experiment experiment) {
		return analysis(experiment).result();
	}

	private ExperimentAnalysis analysis(Experiment experiment) {
		Parameters parameters = this.run.cells()
			.stream()
			.filter((cell) -> cell.experiment().id().equals(experiment.id()))
			.findFirst()
			.orElseThrow()
			.parameters();
		List<LaneCells> lanes = lanes(experiment).stream()
			.map((lane) -> new LaneCells(lane, cells(experiment, lane), losses(experiment, lane)))
			.toList();
		return new ExperimentAnalysis(experiment, parameters, lanes, this.run.manifest().leftOut(experiment.id()));
	}

	private List<String> losses(Experiment experiment, String lane) {
		return this.run.unreadable()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().experiment().equals(experiment.id())
					&& entry.getKey().lane().equals(lane))
			.map((entry) -> "fork %s, %s".formatted(entry.getKey().fork(), entry.getValue()))
			.toList();
	}

	private List<CheckedCell> cells(Experiment experiment, String lane) {
		return this.cells.stream()
			.filter((checked) -> checked.cell().experiment().id().equals(experiment.id())
					&& checked.cell().cell().lane().equals(lane))
			.toList();
	}

	private List<String> lanes(Experiment experiment) {
		TreeSet<String> lanes = new TreeSet<>(
				Comparator.comparing((String lane) -> rank(experiment, lane)).thenComparing(Comparator.naturalOrder()));
		this.cells.stream()
			.filter((checked) -> checked.cell().experiment().id().equals(experiment.id()))
			.forEach((checked) -> lanes.add(checked.cell().cell().lane()));
		this.run.unreadable()
			.keySet()
			.stream()
			.filter((place) -> place.experiment().equals(experiment.id()))
			.forEach((place) -> lanes.add(place.lane()));
		return List.copyOf(lanes);
	}

	// Those of the catalogue first, in its order.
	private static int rank(Experiment experiment, String lane) {
		int place = experiment.contenders().stream().map(Contender::id).toList().indexOf(lane);
		return (place >= 0) ? place : Integer.MAX_VALUE;
	}

	private List<String> problems(List<Experiment> experiments) {
		List<String> problems = new ArrayList<>();
		if (this.run.cells().isEmpty() && this.run.unreadable().isEmpty()) {
			problems.add("The run has no finished cell");
		}
		this.run.unreadable().forEach((place, why) -> {
			if (experiments.stream().noneMatch((experiment) -> experiment.id().equals(place.experiment()))) {
				problems.add("%s, %s".formatted(place, why));
			}
		});
		return problems;
	}

	private List<RuleResult> rules() {
		List<RuleResult> rules = new ArrayList<>();
		rules.add(new RuleResult("files", "The files of every cell are complete and agree with each other",
				this.run.unreadable()
					.entrySet()
					.stream()
					.map((entry) -> new Breach(entry.getKey().toString(), null, entry.getValue()))
					.toList(),
				List.of()));
		for (Rule rule : Rules.all()) {
			List<Breach> unchecked = this.cells.parallelStream()
				.flatMap((checked) -> rule.unchecked(checked.cell()).stream().map((reason) -> breach(checked, reason)))
				.toList();
			rules.add(new RuleResult(rule.id(), rule.title(), broken(rule.id()), unchecked, closest(rule)));
		}
		for (RunRule rule : Rules.across()) {
			rules.add(new RuleResult(rule.id(), rule.title(), broken(rule.id()), List.of()));
		}
		return rules;
	}

	private @Nullable Breach closest(Rule rule) {
		List<Optional<Closest>> all = this.cells.parallelStream()
			.map((checked) -> rule.closest(checked.cell()))
			.toList();
		Breach place = null;
		double spent = Double.NEGATIVE_INFINITY;
		for (int i = 0; i < all.size(); i++) {
			Closest own = all.get(i).orElse(null);
			if (own != null && own.spent() > spent) {
				spent = own.spent();
				place = new Breach(place(this.cells.get(i)).toString(), own.step(), own.text());
			}
		}
		return place;
	}

	private List<Breach> broken(String rule) {
		List<Breach> broken = new ArrayList<>();
		for (CheckedCell checked : this.cells) {
			checked.reasons()
				.stream()
				.filter((reason) -> reason.rule().equals(rule))
				.forEach((reason) -> broken.add(breach(checked, reason)));
		}
		return broken;
	}

	private static Breach breach(CheckedCell checked, Reason reason) {
		return new Breach(place(checked).toString(), reason.step(), reason.text());
	}

	private static Place place(CheckedCell checked) {
		return new Place(checked.cell().cell().experiment(), checked.cell().cell().lane(),
				checked.cell().cell().fork());
	}

}
