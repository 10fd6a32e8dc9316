package dev.threelanes.experiments;

import java.util.List;
import java.util.stream.Collectors;

/**
 * All declared experiments.
 */
public final class Catalogue {

	private static final List<Experiment> EXPERIMENTS = List.of(SlowCall.declare(), LowLoad.declare(),
			Workers.declare(), Batch.declare(), ThreadSweep.declare(), FanOut.declare(), Permits.declare(),
			ClientPool.declare(), DbPool.declare(), BlockedLoop.declare(), CpuHog.declare(), CpuBound.declare(),
			Mixed.declare(), Control.declare());

	private static final Experiment CALIBRATION = Calibration.declare();

	private Catalogue() {
	}

	/**
	 * All experiments in the order in which they are best read.
	 * @return the experiments
	 */
	public static List<Experiment> experiments() {
		return EXPERIMENTS;
	}

	/**
	 * Finds an experiment by its name; the calibration, which is not listed, as well.
	 * @param id the name
	 * @return the experiment
	 * @throws IllegalArgumentException if there is no such experiment
	 */
	public static Experiment experiment(String id) {
		if (id.equals(Calibration.ID)) {
			return CALIBRATION;
		}
		return EXPERIMENTS.stream()
			.filter((experiment) -> experiment.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no experiment '%s'; the experiments are %s"
				.formatted(id, EXPERIMENTS.stream().map(Experiment::id).collect(Collectors.joining(", ")))));
	}

}
