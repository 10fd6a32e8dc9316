package dev.threelanes.runner;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Load;
import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Settings;
import dev.threelanes.experiments.Setup;
import dev.threelanes.runner.RunPlan.PlannedCell;
import org.jspecify.annotations.Nullable;

/**
 * Where lanes live while they are measured, which decides what can be asked of them: a
 * process of the run's own can be started in any way, a container only as its image is.
 */
sealed interface Place {

	/** Processes of this machine that the run starts. */
	Place HERE = new Here();

	/**
	 * Its name on the command line and in the manifest.
	 * @return the name, or {@code null} for processes of this machine
	 */
	@Nullable String id();

	/**
	 * What keeps a cell from being measured there.
	 * @param cell the cell
	 * @return what it needs and cannot have, or nothing
	 */
	Optional<String> obstacle(PlannedCell cell);

	/**
	 * Lets parameters follow what cannot be changed there, where the question stays the
	 * same.
	 * @param experiment the experiment
	 * @param parameters its parameters
	 * @param changes what the reader changed, which never follows
	 * @return the parameters to measure with
	 */
	default Parameters follow(Experiment experiment, Parameters parameters, Map<String, String> changes) {
		return parameters;
	}

	/**
	 * How many processors a lane has there.
	 * @param cores the division of this machine's
	 * @return the number of processors
	 */
	default int processors(Cores cores) {
		return Cores.count(cores.lane());
	}

	private static Optional<String> ofTheImage(PlannedCell cell) {
		Setup setup = cell.subject().setup();
		if (setup.jdk() != null) {
			return Optional.of("a JDK %d, and the image has another".formatted(setup.jdk()));
		}
		List<String> flags = LaneProcess.flags(cell.settings(), setup, cell.parameters());
		if (!flags.equals(JavaCommand.LANE_FLAGS)) {
			return Optional.of("a JVM with other flags than the image's: %s"
				.formatted(flags.stream().filter((flag) -> !JavaCommand.LANE_FLAGS.contains(flag)).toList()));
		}
		if (cell.parameters().jvms() > 1) {
			return Optional
				.of("%d JVMs of a lane, and there is one container of each".formatted(cell.parameters().jvms()));
		}
		if (cell.experiment().failsDownstream()) {
			return Optional.of("a downstream that fails on demand, which obeys callers on its own machine only");
		}
		return Optional.empty();
	}

	/** Processes of this machine that the run starts. */
	record Here() implements Place {

		@Override
		public @Nullable String id() {
			return null;
		}

		@Override
		public Optional<String> obstacle(PlannedCell cell) {
			return Optional.empty();
		}

	}

	/**
	 * Containers that the run starts through Compose, a fresh one for each cell: they
	 * take any argument of the program, and no other flag of the JVM.
	 *
	 * @param processorsOfALane how many processors each lane's container may use
	 */
	record Compose(int processorsOfALane) implements Place {

		/** Its name. */
		static final String ID = "compose";

		@Override
		public String id() {
			return ID;
		}

		@Override
		public Optional<String> obstacle(PlannedCell cell) {
			return ofTheImage(cell);
		}

		@Override
		public int processors(Cores cores) {
			return this.processorsOfALane;
		}

	}

	/**
	 * Lanes that stand already, side by side, and stay as they are.
	 *
	 * @param limits what they say of the limits that parameters set
	 */
	record Standing(Map<Parameter, Integer> limits) implements Place {

		/** Its name. */
		static final String ID = "standing";

		public Standing {
			limits = Map.copyOf(limits);
		}

		@Override
		public String id() {
			return ID;
		}

		@Override
		public Optional<String> obstacle(PlannedCell cell) {
			Optional<String> ofTheImage = ofTheImage(cell);
			if (ofTheImage.isPresent()) {
				return ofTheImage;
			}
			Setup setup = cell.subject().setup();
			if (cell.settings() != Settings.ALIGNED) {
				return Optional.of("settings %s, and the lanes that stand have settings %s"
					.formatted(cell.settings().id(), Settings.ALIGNED.id()));
			}
			if (!setup.properties().isEmpty()) {
				return Optional.of("a lane that was started with %s".formatted(String.join(", ", setup.words())));
			}
			if (cell.experiment().load() instanceof Load.Cold) {
				return Optional.of("a JVM that has just been started, and those that stand have been at work before");
			}
			if (cell.fork() > 1) {
				return Optional.of("a fresh JVM for each fork, and the lanes stay as they stand: ask for --forks 1");
			}
			return cell.parameters()
				.values()
				.entrySet()
				.stream()
				.filter((parameter) -> !this.limits.getOrDefault(parameter.getKey(), parameter.getValue())
					.equals(parameter.getValue()))
				.map((parameter) -> "%s = %d, and the lanes that stand have %d".formatted(parameter.getKey().id(),
						parameter.getValue(), this.limits.get(parameter.getKey())))
				.findFirst();
		}

		// A load that rises in multiples of what a limit lets through asks the same
		// question of any limit.
		@Override
		public Parameters follow(Experiment experiment, Parameters parameters, Map<String, String> changes) {
			Parameter places = experiment.bound().places();
			Integer found = this.limits.get(places);
			boolean scales = experiment.load() instanceof Load.Rising || experiment.load() instanceof Load.Variants;
			return (scales && found != null && parameters.values().containsKey(places)
					&& !changes.containsKey(places.id())) ? parameters.and(places, found) : parameters;
		}

		@Override
		public int processors(Cores cores) {
			Integer found = this.limits.get(Parameter.PROCESSORS);
			return (found != null) ? found : Cores.count(cores.lane());
		}

	}

}
