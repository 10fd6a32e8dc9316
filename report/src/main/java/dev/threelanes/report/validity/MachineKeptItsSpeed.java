package dev.threelanes.report.validity;

import java.util.Locale;
import java.util.Optional;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;

/**
 * The machine was as fast at the end of a step as at its beginning. The generator tells:
 * all requests of a step cost it the same, so that a CPU time a request that rises or
 * falls is that of a processor which slows down, or of a neighbour who leaves.
 */
final class MachineKeptItsSpeed extends StepRule {

	/** How much of its mean the generator's CPU time a request may drift in a step. */
	private static final double MOST = 0.25;

	@Override
	public String id() {
		return "machine";
	}

	@Override
	public String title() {
		return "The machine kept its speed: the generator's CPU time a request has no trend inside a step";
	}

	@Override
	Optional<String> problem(LoadedCell cell, LoadedStep step) {
		if (whyNot(cell, step).isPresent()) {
			return Optional.empty();
		}
		return CpuTrend.of(Metric.GENERATOR_CPU_MILLIS, cell, step)
			.filter((trend) -> trend.drifted(MOST))
			.map((trend) -> String.format(Locale.ROOT,
					"The generator's CPU time a request drifted by %.2f ms within the step, from a mean of %.2f ms; %.0f %% are allowed: the machine changed its speed",
					trend.drift(), trend.mean(), 100 * MOST));
	}

	@Override
	Optional<String> unchecked(LoadedCell cell, LoadedStep step) {
		return whyNot(cell, step).or(() -> CpuTrend.missing(Metric.GENERATOR_CPU_MILLIS, cell, step));
	}

	/**
	 * Why the generator does not tell how fast the machine is: what it does for an answer
	 * must be the same all through the step.
	 * @param cell the cell
	 * @param step the step
	 * @return a sentence; empty if it tells
	 */
	static Optional<String> whyNot(LoadedCell cell, LoadedStep step) {
		if (!step.step().steady()) {
			return Optional.of("users who all arrive before the first is answered have no steady state");
		}
		if (step.step().mixed()) {
			return Optional.of("the CPU time is that of all requests together, and of none by itself");
		}
		return (cell.queues(step.step()) || cell.experiment().cold())
				? Optional.of("users arrive at one rate and are answered at another") : Optional.empty();
	}

}
