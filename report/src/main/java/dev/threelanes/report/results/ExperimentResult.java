package dev.threelanes.report.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Load;
import org.jspecify.annotations.Nullable;

/**
 * What a run found in one experiment.
 *
 * @param id the experiment's name
 * @param question what was asked
 * @param source who asked it
 * @param parameters the values of the run by name
 * @param p99LimitMs the limit under which capacities are given, in milliseconds
 * @param answer the answer in one sentence with figures
 * @param verdict the verdict on all predictions together
 * @param finding what the verdict rests on, in plain words
 * @param prediction the predictions with their checks
 * @param ratios the lanes' figures in proportion to each other; none with fewer than
 * three forks
 * @param lanes the lanes, those of the catalogue first
 * @param leftOut why contenders could not be run on the machine of the run, by their name
 * for people; absent if all could
 */
public record ExperimentResult(String id, String question, String source, Map<String, Integer> parameters,
		double p99LimitMs, String answer, Verdict verdict, String finding, List<PredictionResult> prediction,
		List<Ratio> ratios, List<LaneResult> lanes, @Nullable Map<String, String> leftOut) {

	public ExperimentResult {
		parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
		prediction = List.copyOf(prediction);
		ratios = List.copyOf(ratios);
		lanes = List.copyOf(lanes);
		leftOut = (leftOut != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(leftOut)) : null;
	}

	/**
	 * The same result where something outside the experiment forbids any verdict.
	 * @param why what it is, in words for people
	 * @return the result with the verdict INVALID
	 */
	public ExperimentResult invalid(String why) {
		return new ExperimentResult(this.id, this.question, this.source, this.parameters, this.p99LimitMs, this.answer,
				Verdict.INVALID, why, this.prediction, this.ratios, this.lanes, this.leftOut);
	}

	/**
	 * Whether users arrive at a rate.
	 * @return {@code true} if so, {@code false} if they arrive at once or come back
	 */
	public boolean byRate() {
		return this.lanes.stream()
			.flatMap((lane) -> lane.steps().stream())
			.allMatch((step) -> step.offeredRps() != null);
	}

	/**
	 * Whether different things were asked for at the same time, so that steps are parts
	 * of a load and none has a capacity.
	 * @return {@code true} if so
	 */
	public boolean mixed() {
		return Catalogue.experiment(this.id).load() instanceof Load.Beside;
	}

	/**
	 * Whether all steps have the same load and so differ in what is asked for.
	 * @return {@code true} if so; {@code false} with one step
	 */
	public boolean sameLoadThroughout() {
		return this.lanes.stream()
			.anyMatch((lane) -> lane.steps().size() > 1
					&& lane.steps().stream().mapToDouble(StepResult::load).distinct().count() == 1);
	}

}
