package dev.threelanes.report.cell;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.threelanes.experiments.Contender;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Load;
import dev.threelanes.experiments.Outage;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Reference;
import dev.threelanes.experiments.Setup;

/**
 * A cell with everything that was recorded of it.
 *
 * @param cell what was asked for
 * @param experiment the experiment in the catalogue, as the contender meets it
 * @param parameters the values of the run
 * @param warmedUp how many requests the generator started while it warmed the lane up
 * @param steps the measured steps, in their order; the warm-up is not among them
 * @param samples what was seen from outside
 */
public record LoadedCell(Cell cell, Experiment experiment, Parameters parameters, long warmedUp, List<LoadedStep> steps,
		Samples samples) {

	private static final double UNQUEUED = 0.9;

	public LoadedCell {
		steps = List.copyOf(steps);
	}

	/**
	 * The lane that was measured.
	 * @return the lane, or nothing for a reader's own target
	 */
	public Optional<Lane> lane() {
		return this.experiment.contender(this.cell.lane()).map(Contender::lane);
	}

	/**
	 * The reference that was measured beside the lanes.
	 * @return the reference, or nothing for a lane and for a reader's own target
	 */
	public Optional<Reference> reference() {
		return lane().isPresent() ? Optional.empty() : Reference.of(this.cell.lane());
	}

	/**
	 * What it was to be started with that others are not.
	 * @return the setup; nothing for a reader's own target
	 */
	public Setup setup() {
		return this.experiment.contender(this.cell.lane()).map(Contender::setup).orElse(Setup.AS_ALL);
	}

	/**
	 * The most that a bounded lane can carry, by the declared values.
	 * @return requests a second
	 */
	public double capRps() {
		return this.experiment.bound().rps(this.parameters);
	}

	/**
	 * Whether requests may wait for a place in the lane.
	 * @return {@code true} if so, or if nobody knows
	 */
	public boolean bounded() {
		return lane().map(this.experiment.bound()::holds).orElse(reference().isEmpty());
	}

	/**
	 * When the downstream was told to fail.
	 * @param step the step's name
	 * @return the outage, or nothing if there was none
	 */
	public Optional<Outage> outage(String step) {
		return this.experiment.outage(step, this.parameters);
	}

	/**
	 * Whether theory says that a queue grows, so that latencies have a trend.
	 * @param step a step
	 * @return {@code true} if the lane is bounded and the step near its cap or past it,
	 * or if others hold its users up
	 */
	public boolean queues(CellStep step) {
		return switch (this.experiment.load()) {
			case Load.Beside beside -> lane().map(beside.encounter(step.name()).heldUp()::contains).orElse(true);
			case Load.Rising rising -> nearCap(step);
			case Load.Variants variants -> nearCap(step);
			case Load.Bursts bursts -> nearCap(step);
			case Load.Closed closed -> nearCap(step);
			case Load.Held held -> nearCap(step);
			case Load.WakeUps wakeUps -> nearCap(step);
			case Load.Cold cold -> nearCap(step);
		};
	}

	private boolean nearCap(CellStep step) {
		return bounded() && step.rps() > UNQUEUED * capRps();
	}

	/**
	 * All that was offered at the same time as a step.
	 * @param step the step
	 * @return the parts of its mix, or the step alone
	 */
	public List<LoadedStep> together(LoadedStep step) {
		return this.steps.stream().filter((other) -> other.step().togetherWith(step.step())).toList();
	}

	/**
	 * How long an answer takes at least: D for a single call.
	 * @param step the step's name
	 * @return the duration
	 */
	public Duration serviceTime(String step) {
		return this.experiment.serviceTime(step, this.parameters);
	}

}
