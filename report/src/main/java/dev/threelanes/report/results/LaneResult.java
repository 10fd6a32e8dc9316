package dev.threelanes.report.results;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a run found of one lane in one experiment.
 *
 * @param lane the lane's name
 * @param title its name for people
 * @param forks in how many fresh JVMs it was measured
 * @param capRps what the declared limits let through, T/D or P/D, of which the load's
 * steps are multiples; absent if nothing could be measured
 * @param sloCapacityRps the highest offered load, from the lowest step on, that met the
 * limit; absent if the lowest step did not
 * @param sloCapacityAtLeast whether no step was seen to break the limit
 * @param overheadMs ε, what a request takes beyond D without a queue; absent without a
 * valid step
 * @param verdict the verdict on this lane's part in the predictions
 * @param reasons why nothing of it could be measured; empty if something could
 * @param steps the steps in their order
 * @param coldStart how it started and became steady; absent where it was measured warm
 */
public record LaneResult(String lane, String title, int forks, @Nullable Double capRps, @Nullable Double sloCapacityRps,
		@Nullable Boolean sloCapacityAtLeast, @Nullable Double overheadMs, Verdict verdict, List<String> reasons,
		List<StepResult> steps, @Nullable ColdStartResult coldStart) {

	public LaneResult {
		reasons = List.copyOf(reasons);
		steps = List.copyOf(steps);
	}

}
