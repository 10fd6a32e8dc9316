package dev.threelanes.report.results;

import java.util.List;

/**
 * Everything that a run found: {@code results.json}.
 *
 * @param schema the version of the file's shape, {@value #SCHEMA}
 * @param runId the run's name
 * @param complete whether all cells of the run were measured
 * @param problems what concerns no experiment of the catalogue, in words for people
 * @param rules all rules with the cells that broke them
 * @param experiments the experiments in the order of the catalogue
 */
public record Results(int schema, String runId, boolean complete, List<String> problems, List<RuleResult> rules,
		List<ExperimentResult> experiments) {

	/** The version of the file's shape. */
	public static final int SCHEMA = 1;

	public Results {
		problems = List.copyOf(problems);
		rules = List.copyOf(rules);
		experiments = List.copyOf(experiments);
	}

	/**
	 * Whether everything that was measured may be quoted.
	 * @return {@code true} if no step of any lane broke a rule
	 */
	public boolean valid() {
		return this.problems.isEmpty()
				&& this.experiments.stream().noneMatch((experiment) -> experiment.verdict() == Verdict.INVALID)
				&& this.experiments.stream()
					.flatMap((experiment) -> experiment.lanes().stream())
					.allMatch((lane) -> lane.reasons().isEmpty() && lane.steps().stream().allMatch(StepResult::valid));
	}

}
