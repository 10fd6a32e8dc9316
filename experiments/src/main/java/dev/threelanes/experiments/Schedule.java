package dev.threelanes.experiments;

import java.time.Duration;
import java.util.List;

/**
 * An experiment's load in real rates and durations.
 *
 * @param warmUp what a fresh lane gets first, rising from a tenth of its rate to its
 * rate, since a cold JVM cannot carry what a warm one can; not measured
 * @param steps what is measured, in this order
 */
public record Schedule(Step warmUp, List<Step> steps) {

	/** The pause after a step's last answer and before the next step's first request. */
	public static final Duration PAUSE = Duration.ofMillis(500);

	public Schedule {
		steps = List.copyOf(steps);
	}

	/**
	 * How long this schedule takes on a lane that keeps up.
	 * @param parameters the parameters of the run
	 * @return the duration without any queue's drain
	 */
	public Duration duration(Parameters parameters) {
		Duration total = this.warmUp.duration().plus(parameters.delay());
		for (Step step : this.steps) {
			total = total.plus(step.duration()).plus(parameters.delay()).plus(PAUSE);
		}
		return total;
	}

}
