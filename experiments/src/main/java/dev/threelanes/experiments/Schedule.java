package dev.threelanes.experiments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An experiment's load in real rates and durations.
 *
 * @param warmUp what a fresh lane gets first, in this order; not measured
 * @param steps what is measured, in this order
 */
public record Schedule(List<Step.Open> warmUp, List<Step> steps) {

	/** The pause after a step's last answer and before the next step's first request. */
	public static final Duration PAUSE = Duration.ofMillis(500);

	public Schedule {
		warmUp = List.copyOf(warmUp);
		steps = List.copyOf(steps);
	}

	/**
	 * All steps, the warm-up first.
	 * @return the steps in their order
	 */
	public List<Step> all() {
		return Stream.<Step>concat(this.warmUp.stream(), this.steps.stream()).toList();
	}

	/**
	 * How long this schedule takes on a lane that keeps up.
	 * @param parameters the parameters of the run
	 * @return the duration without any queue's drain
	 */
	public Duration duration(Parameters parameters) {
		Duration total = Duration.ZERO;
		for (List<Step> together : together()) {
			total = total.plus(together.getFirst().duration()).plus(parameters.delay()).plus(PAUSE);
		}
		return total;
	}

	/**
	 * All steps, the warm-up first, by what is offered at the same time.
	 * @return the parts of each mix together, and every other step by itself
	 */
	public List<List<Step>> together() {
		List<List<Step>> together = new ArrayList<>();
		for (Step step : all()) {
			if (step instanceof Step.Part part && !together.isEmpty()
					&& together.getLast().getLast() instanceof Step.Part before && before.mix().equals(part.mix())) {
				together.getLast().add(part);
			}
			else {
				together.add(new ArrayList<>(List.of(step)));
			}
		}
		return together;
	}

}
