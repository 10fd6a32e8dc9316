package dev.threelanes.runner;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Contender;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Reference;
import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Settings;
import dev.threelanes.experiments.Share;
import dev.threelanes.experiments.Step;
import dev.threelanes.report.cell.Manifest;

/**
 * What a run is asked to measure, and in which order.
 *
 * @param experiments the experiments
 * @param profile how much time to spend
 * @param lanes the lanes
 * @param targets services of the reader's own that are measured beside the lanes
 * @param settings {@code aligned} or {@code stock}
 * @param forks how many fresh JVMs of each contender, 1 to 50
 * @param changes changed parameters by name
 * @param cores which processors each part has to itself
 * @param seed what the order follows from
 * @param place where lanes live
 * @param injectors how many load generators share every load, 1 to 64
 * @param references what is measured beside the lanes wherever it can be
 */
record RunPlan(List<Experiment> experiments, Profile profile, List<Lane> lanes, List<Subject.Target> targets,
		Settings settings, int forks, Map<String, String> changes, Cores cores, long seed, Place place, int injectors,
		List<Reference> references) {

	private static final int MOST_FORKS = 50;

	RunPlan {
		experiments = List.copyOf(experiments);
		lanes = List.copyOf(lanes);
		targets = List.copyOf(targets);
		changes = Map.copyOf(changes);
		references = List.copyOf(references);
		if (forks < 1 || forks > MOST_FORKS) {
			throw new IllegalArgumentException("forks must be between 1 and %d, not %d".formatted(MOST_FORKS, forks));
		}
		if (experiments.isEmpty() || lanes.isEmpty()) {
			throw new IllegalArgumentException("a run needs an experiment and a lane");
		}
		// What is wrong must be known before anything starts.
		for (Experiment experiment : experiments) {
			if (experiment.contenders().stream().map(Contender::lane).noneMatch(lanes::contains)) {
				throw new IllegalArgumentException("%s measures only %s".formatted(experiment.id(),
						experiment.contenders()
							.stream()
							.map((contender) -> contender.lane().id())
							.distinct()
							.collect(Collectors.joining(", "))));
			}
			requireShareable(experiment, profile, experiment.parameters(profile, changes), injectors);
		}
		if (!references.isEmpty() && !(place instanceof Place.Here)) {
			throw new IllegalArgumentException("references are processes of this machine, and no containers");
		}
	}

	RunPlan(List<Experiment> experiments, Profile profile, List<Lane> lanes, List<Subject.Target> targets,
			Settings settings, int forks, Map<String, String> changes, Cores cores, long seed) {
		this(experiments, profile, lanes, targets, settings, forks, changes, cores, seed, Place.HERE);
	}

	/**
	 * A plan of loads that one generator makes each.
	 * @param experiments the experiments
	 * @param profile how much time to spend
	 * @param lanes the lanes
	 * @param targets services of the reader's own that are measured beside the lanes
	 * @param settings {@code aligned} or {@code stock}
	 * @param forks how many fresh JVMs of each contender, 1 to 50
	 * @param changes changed parameters by name
	 * @param cores which processors each part has to itself
	 * @param seed what the order follows from
	 * @param place where lanes live
	 */
	RunPlan(List<Experiment> experiments, Profile profile, List<Lane> lanes, List<Subject.Target> targets,
			Settings settings, int forks, Map<String, String> changes, Cores cores, long seed, Place place) {
		this(experiments, profile, lanes, targets, settings, forks, changes, cores, seed, place, 1, List.of());
	}

	// A contender with a bound of its own has steps of its own.
	private static void requireShareable(Experiment experiment, Profile profile, Parameters parameters, int injectors) {
		for (Contender contender : experiment.contenders()) {
			Share.requireShareable(experiment.id(),
					experiment.seenBy(contender.id()).schedule(profile, contender.parameters(parameters)), injectors);
		}
	}

	RunPlan sharedBy(int generators) {
		return new RunPlan(this.experiments, this.profile, this.lanes, this.targets, this.settings, this.forks,
				this.changes, this.cores, this.seed, this.place, generators, this.references);
	}

	RunPlan beside(List<Reference> others) {
		return new RunPlan(this.experiments, this.profile, this.lanes, this.targets, this.settings, this.forks,
				this.changes, this.cores, this.seed, this.place, this.injectors, others);
	}

	/**
	 * The plan of a run that was begun.
	 * @param manifest what was written of it
	 * @param place where lanes live, the same as then
	 * @return the same plan
	 * @throws IllegalArgumentException if the catalogue does not know it any more
	 */
	static RunPlan of(Manifest manifest, Place place) {
		return new RunPlan(manifest.plan().experiments().stream().map(Catalogue::experiment).toList(),
				Profile.of(manifest.profile()), manifest.plan().lanes().stream().map(Lane::of).toList(),
				manifest.plan()
					.targets()
					.entrySet()
					.stream()
					.map((target) -> new Subject.Target(target.getKey(), URI.create(target.getValue())))
					.toList(),
				Settings.of(manifest.settings()), manifest.plan().forks(), manifest.plan().changes(),
				manifest.pinned().isEmpty() ? Cores.SHARED : Cores.of(Runtime.getRuntime().availableProcessors()),
				manifest.seed(), place, (manifest.plan().injectors() != null) ? manifest.plan().injectors() : 1,
				references(manifest.plan()));
	}

	private static List<Reference> references(Manifest.Plan plan) {
		List<String> names = plan.references();
		return (names != null) ? names.stream().map((name) -> Reference.of(name).orElseThrow()).toList() : List.of();
	}

	/**
	 * Makes sure that everything can be measured where the lanes live.
	 * @throws RunFailure with the first thing that cannot be, and why
	 */
	void requirePossible() {
		for (PlannedCell cell : cells()) {
			this.place.obstacle(cell).ifPresent((why) -> {
				throw new RunFailure("%s cannot be measured on %s: %s needs %s".formatted(cell.experiment().id(),
						this.place.id(), cell.subject().id(), why));
			});
		}
	}

	Manifest.Plan written() {
		Map<String, String> named = new LinkedHashMap<>();
		this.targets.forEach((target) -> named.put(target.id(), target.url().toString()));
		return new Manifest.Plan(this.experiments.stream().map(Experiment::id).toList(),
				this.lanes.stream().map(Lane::id).toList(), named, this.forks, this.changes,
				(this.injectors > 1) ? this.injectors : null,
				this.references.isEmpty() ? null : this.references.stream().map(Reference::id).toList());
	}

	/**
	 * All cells in their order: forks one after the other, so that a drift of the machine
	 * meets every lane, and inside a fork at random, so that no lane is always first.
	 * @return the cells
	 */
	List<PlannedCell> cells() {
		Random random = new Random(this.seed);
		List<PlannedCell> cells = new ArrayList<>();
		for (int fork = 1; fork <= this.forks; fork++) {
			for (Experiment experiment : this.experiments) {
				List<Contender> order = new ArrayList<>(experiment.contenders());
				order.removeIf((contender) -> !this.lanes.contains(contender.lane()) || missing(contender).isPresent());
				Parameters parameters = parameters(experiment);
				List<PlannedCell> block = new ArrayList<>();
				for (Contender contender : order) {
					block.add(new PlannedCell(experiment.seenBy(contender.id()), new Subject.OfLane(contender), fork,
							this.profile, contender.setup().settings(this.settings), contender.parameters(parameters),
							this.injectors));
				}
				for (Reference reference : Reference.beside(experiment) ? this.references : List.<Reference>of()) {
					block.add(new PlannedCell(experiment, new Subject.OfReference(reference), fork, this.profile,
							this.settings, parameters, this.injectors));
				}
				for (Subject.Target target : this.targets) {
					block.add(new PlannedCell(experiment, target, fork, this.profile, this.settings, parameters,
							this.injectors));
				}
				Collections.shuffle(block, random);
				cells.addAll(block);
			}
		}
		return cells;
	}

	/**
	 * How long all cells will take.
	 * @return seconds
	 */
	double expectedSeconds() {
		return cells().stream().mapToDouble(PlannedCell::expectedSeconds).sum();
	}

	// Descriptors and processors are the machine's, unless the reader says otherwise.
	private Parameters parameters(Experiment experiment) {
		Parameters asked = Descriptors.ofThisProcess()
			.fit(experiment,
					this.place.follow(experiment, experiment.parameters(this.profile, this.changes), this.changes),
					this.changes);
		boolean follows = asked.values().containsKey(Parameter.PROCESSORS)
				&& !this.changes.containsKey(Parameter.PROCESSORS.id());
		return follows ? asked.and(Parameter.PROCESSORS, this.place.processors(this.cores)) : asked;
	}

	/**
	 * What cannot be measured on this machine: it is told and not left out in silence.
	 * @return why not, by the experiment's and the contender's name
	 */
	Map<String, String> leftOut() {
		Map<String, String> leftOut = new LinkedHashMap<>();
		for (Experiment experiment : this.experiments) {
			for (Contender contender : experiment.contenders()) {
				if (this.lanes.contains(contender.lane())) {
					missing(contender).ifPresent((why) -> leftOut.put(experiment.id() + "/" + contender.id(), why));
				}
			}
			for (Reference reference : Reference.beside(experiment) ? List.<Reference>of() : this.references) {
				leftOut.put(experiment.id() + "/" + reference.id(), "it does nothing but call the downstream once");
			}
		}
		return leftOut;
	}

	/**
	 * What a contender needs that this machine does not have.
	 * @param contender the contender
	 * @return what is missing, or nothing if it can be run
	 */
	static Optional<String> missing(Contender contender) {
		Integer jdk = contender.setup().jdk();
		return (jdk == null || Jdk.find(jdk).isPresent()) ? Optional.empty() : Optional.of(Jdk.missing(jdk));
	}

	/**
	 * An experiment on a fresh JVM of a lane.
	 *
	 * @param experiment the experiment
	 * @param subject what to measure
	 * @param fork which fresh JVM, from 1
	 * @param profile how much time to spend
	 * @param settings the lanes' settings
	 * @param parameters the parameters
	 * @param injectors how many load generators share the load, 1 to 64
	 */
	record PlannedCell(Experiment experiment, Subject subject, int fork, Profile profile, Settings settings,
			Parameters parameters, int injectors) {

		/** What starting, stopping and Gatling's own report take, in seconds. */
		private static final double AROUND_SECONDS = 13;

		/** What starting and stopping each further JVM of a lane takes, in seconds. */
		private static final double FURTHER_JVM_SECONDS = 5;

		/** What waiting for each other takes before each step, in seconds. */
		private static final double MEETING_SECONDS = 3;

		boolean shared() {
			return this.injectors > 1;
		}

		Schedule schedule() {
			return this.experiment.schedule(this.profile, this.parameters);
		}

		/**
		 * How long this cell will take, the drain of the queues that theory predicts
		 * included.
		 * @return seconds
		 */
		double expectedSeconds() {
			return AROUND_SECONDS + FURTHER_JVM_SECONDS * (this.parameters.jvms() - 1)
					+ (shared() ? MEETING_SECONDS * schedule().together().size() : 0)
					+ schedule().duration(this.parameters).toMillis() / 1000.0 + drainSeconds();
		}

		/**
		 * How many requests of the fullest step will be waiting or in progress at once.
		 * @return the number of requests
		 */
		long mostInFlight() {
			return schedule().steps().stream().mapToLong(this::mostInFlight).max().orElse(0);
		}

		/**
		 * How many descriptors the lane needs for that.
		 * @return the number of descriptors
		 */
		long descriptors() {
			return Descriptors.needed(this.experiment, mostInFlight());
		}

		private long mostInFlight(Step step) {
			return switch (step) {
				case Step.Open open -> {
					double backlog = bounded() ? Math.max(0, open.offeredRps() - cap()) * seconds(open) : 0;
					yield (long) Math.ceil(open.offeredRps() * serviceSeconds(open) + backlog);
				}
				// Whoever comes may have to wait for those who came before.
				case Step.Part part ->
					(long) Math.ceil(part.mix().offeredRps() * (serviceSeconds(part) + drainSeconds(part)));
				case Step.Burst burst -> burst.users();
				case Step.Closed closed -> closed.users();
				case Step.Held held -> held.users();
				case Step.Waiting waiting -> waiting.users();
			};
		}

		@Override
		public String toString() {
			return "%s/%s/%d".formatted(this.experiment.id(), this.subject.id(), this.fork);
		}

		/**
		 * What the declared limits let through.
		 * @return requests a second
		 */
		double cap() {
			return this.experiment.bound().rps(this.parameters);
		}

		private boolean bounded() {
			return this.subject.boundedBy(this.experiment.bound());
		}

		// Until the last answer, beyond the service time of a single request.
		private double drainSeconds() {
			return bounded() ? schedule().steps().stream().mapToDouble(this::drainSeconds).sum() : 0;
		}

		private double drainSeconds(Step step) {
			return switch (step) {
				case Step.Open open -> Math.max(0, open.offeredRps() / cap() - 1) * seconds(open);
				// Those who hold up the others come first.
				case Step.Part part ->
					(bounded() && part.first() == 0) ? Math.max(0, part.offeredRps() / cap() - 1) * seconds(part) : 0;
				case Step.Burst burst -> burst.users() / cap();
				case Step.Closed closed -> 0;
				case Step.Held held -> held.users() / cap();
				case Step.Waiting waiting -> 0;
			};
		}

		private double serviceSeconds(Step step) {
			return this.experiment.serviceTime(step.name(), this.parameters).toMillis() / 1000.0;
		}

		private static double seconds(Step step) {
			return step.duration().toMillis() / 1000.0;
		}

	}

}
