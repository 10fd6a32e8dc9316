package dev.threelanes.experiments;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All declared experiments.
 */
public final class Catalogue {

	private static final List<Experiment> EXPERIMENTS = List.of(SlowCall.declare(), LowLoad.declare(),
			Workers.declare(), Batch.declare(), ThreadSweep.declare(), C10k.declare(), FanOut.declare(), Lock.declare(),
			Permits.declare(), WakeUp.declare(), ClientPool.declare(), DbPool.declare(), DbSweep.declare(),
			Overload.declare(), Stall.declare(), StockDefaults.declare(), BlockedLoop.declare(), CpuHog.declare(),
			CpuBound.declare(), Mixed.declare(), Pinning.declare(), WarmUp.declare(), Clients.declare(),
			Choices.declare(), StartUp.declare(), Cost.declare(), Held.declare(), Control.declare());

	private static final Experiment CALIBRATION = Calibration.declare();

	private static final Map<String, Published> PUBLISHED = Map.of("batch", Batch.published(), "lock",
			Lock.published());

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
	 * What the source of an experiment measured itself, to be set beside the run's own
	 * figures.
	 * @param id the experiment's name
	 * @return the figures, or nothing where the source gave none for the same question
	 */
	public static Optional<Published> published(String id) {
		return Optional.ofNullable(PUBLISHED.get(id));
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
