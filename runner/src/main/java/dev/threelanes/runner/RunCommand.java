package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Load;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Reference;
import dev.threelanes.experiments.Settings;
import dev.threelanes.report.cell.Manifest;
import dev.threelanes.report.cell.RunFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures experiments on lanes and writes the page.
 */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false,
		description = { "Measure experiments on every lane and write the page.",
				"Without a name it runs slow-call; 'all' runs the whole catalogue." })
final class RunCommand implements Callable<Integer> {

	private static final String IN_CLUSTER = "k8s";

	private static final Duration BETWEEN_LOOKS_AT_CLUSTER = Duration.ofSeconds(5);

	@CommandLine.Spec
	@SuppressWarnings("NullAway.Init")
	private CommandLine.Model.CommandSpec spec;

	@Parameters(paramLabel = "EXPERIMENT", arity = "0..*",
			description = "what to measure: names that ./lanes list gives, or all (default: slow-call)")
	private List<String> experiments = List.of("slow-call");

	@Option(names = "--profile", paramLabel = "smoke|quick|full", defaultValue = "quick",
			description = "how much time to spend (default: quick)")
	private String profile = "quick";

	@Option(names = "--lanes", paramLabel = "mvc,webflux,loom", split = ",", defaultValue = "mvc,webflux,loom",
			description = "which lanes to measure (default: all)")
	private List<String> lanes = List.of();

	@Option(names = "--settings", paramLabel = "aligned|stock", defaultValue = "aligned",
			description = "equal, explicit limits or Spring Boot's defaults (default: aligned)")
	private String settings = "aligned";

	@Option(names = "--set", paramLabel = "NAME=VALUE", description = "change a parameter: delayMs, threads")
	private Map<String, String> changes = new LinkedHashMap<>();

	@Option(names = "--seed", paramLabel = "N",
			description = "what the order of the cells follows from (default: random, recorded)")
	private @Nullable Long seed;

	@Option(names = "--out", paramLabel = "DIR", description = "the folder of the run (default: results/<run-id>)")
	private @Nullable Path out;

	@Option(names = "--forks", paramLabel = "N",
			description = "how many fresh JVMs of each lane (default: 1, and 5 in the full profile)")
	private @Nullable Integer forks;

	@Option(names = "--injectors", paramLabel = "N", defaultValue = "1",
			description = "how many Gatling processes share every load, 1/N each, 1 to 64 (default: 1)")
	private int injectors = 1;

	@Option(names = "--injectors-at", paramLabel = "DIR", hidden = true,
			description = "let './lanes inject DIR' on other machines make every load; all of them see the folder")
	private @Nullable Path injectorsAt;

	@Option(names = "--pin", negatable = true, fallbackValue = "true",
			description = "give lane, generator and downstream processors of their own (default: with four or more)")
	private @Nullable Boolean pin;

	@Option(names = "--on", paramLabel = "processes|compose|k8s", defaultValue = "${sys:lanes.on:-processes}",
			description = "where lanes live: processes of this machine (the default), containers of docker-compose.yml, a fresh one for each cell, or the cluster that kubectl is set up for")
	private String on = "processes";

	@Option(names = "--find-capacity",
			description = "search the highest load that meets the objective: rise, bracket, bisect, confirm")
	private boolean findCapacity;

	@Option(names = "--target", paramLabel = "NAME=URL",
			description = "measure a service of your own beside the lanes, under the same load; a path in the URL replaces the experiment's request")
	private Map<String, String> targets = new LinkedHashMap<>();

	@Option(names = "--reference",
			description = "measure beside the lanes what makes the same call without a framework: a bare Reactor Netty, and a bare Tomcat on virtual threads; only where one call is all that is asked for")
	private boolean reference;

	@Option(names = "--allow-host", paramLabel = "HOST",
			description = "another machine that a target or the database may be on; ask its owner first")
	private List<String> allowedHosts = List.of();

	@Option(names = "--database", paramLabel = "URL",
			description = "ask a PostgreSQL of your own, postgresql://host:5432/name, instead of the one that a run brings along; "
					+ "user and password come from " + Database.USER + " and " + Database.PASSWORD)
	private @Nullable String database;

	@Option(names = "--beyond-calibration",
			description = "measure loads at which ./lanes doctor found that the generator cannot be believed")
	private boolean beyondCalibration;

	@Option(names = "--attempts", paramLabel = "N", defaultValue = "2",
			description = "how often a cell is measured at most when generator, downstream or machine spoil it (default: 2)")
	private int attempts = SpoiltCells.DEFAULT_ATTEMPTS;

	@Option(names = "--resume", paramLabel = "DIR",
			description = "finish a run that was stopped, exactly as it was begun; goes with --port-base and --attempts")
	private @Nullable Path resume;

	@Option(names = "--port-base", paramLabel = "N", defaultValue = "8080",
			description = "ports follow from it: lanes N+1 to N+3, references N+4 and N+5, downstream N+10, database N+11, balancer N+12, injectors meet at N+13, the JVMs behind the balancer N+21 on, Actuator 1,000 above (default: 8080); "
					+ "keep them below 32768, where the load's own connections begin")
	private int portBase;

	@Override
	public Integer call() throws InterruptedException {
		if (this.findCapacity && this.resume == null) {
			return capacity().execute();
		}
		if (IN_CLUSTER.equals(this.on) && this.resume == null) {
			return inCluster().execute();
		}
		Run run = (this.resume != null) ? resumed(this.resume) : planned();
		parsed(this.attempts, run::attempts);
		return (this.beyondCalibration ? run.beyondCalibration() : run).execute();
	}

	// Lanes stand in a cluster, so what is told of them here is what their images say.
	private KubernetesRun inCluster() throws InterruptedException {
		RunPlan plan = plan();
		plan.requirePossible();
		Installation installation = Installation.current();
		Path folder = ((this.out != null) ? this.out : installation.results().resolve(runId(plan.profile())))
			.toAbsolutePath()
			.normalize();
		KubernetesOverlay overlay = KubernetesOverlay.of(installation.home().resolve("k8s"),
				this.spec.commandLine().getParseResult().originalArgs(), this.injectors,
				String.valueOf(folder.getFileName()));
		return new KubernetesRun(Kubectl.onPath(), overlay, folder, this.spec.commandLine().getOut(),
				BETWEEN_LOOKS_AT_CLUSTER);
	}

	private static String runId(Profile profile) {
		return DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
			.withZone(ZoneOffset.UTC)
			.format(Instant.now()) + "-" + profile.id();
	}

	private CapacityRun capacity() throws InterruptedException {
		if (!(place(this.on) instanceof Place.Here)) {
			throw new CommandLine.ParameterException(this.spec.commandLine(),
					"--find-capacity searches processes of this machine only, not lanes in containers");
		}
		RunPlan plan = plan();
		if (plan.experiments().size() != 1) {
			throw new CommandLine.ParameterException(this.spec.commandLine(),
					"--find-capacity searches one experiment at a time");
		}
		if (this.injectors != 1) {
			throw new CommandLine.ParameterException(this.spec.commandLine(),
					"--find-capacity searches with one injector, not with %d".formatted(this.injectors));
		}
		Experiment searched = plan.experiments().getFirst();
		if (!(searched.load() instanceof Load.Rising) || searched.asksDatabase()) {
			throw new CommandLine.ParameterException(this.spec.commandLine(),
					"--find-capacity needs an experiment whose load rises and that asks the downstream, as slow-call does; %s does not"
						.formatted(searched.id()));
		}
		Path folder = (this.out != null) ? this.out
				: Installation.current()
					.results()
					.resolve("capacity-" + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
						.withZone(ZoneOffset.UTC)
						.format(Instant.now()));
		return new CapacityRun(Installation.current(), plan, parsed(this.portBase, Ports::new), folder.toAbsolutePath(),
				this.spec.commandLine().getOut());
	}

	private Run planned() throws InterruptedException {
		// First, so that an address that holds a password is refused before anything is
		// kept.
		Database asked = (this.database != null)
				? parsed(this.database, (url) -> Database.of(url, this.allowedHosts, System.getenv())) : null;
		Run run = new Run(Installation.current(), plan(), parsed(this.portBase, Ports::new), this.out,
				this.spec.commandLine().getParseResult().originalArgs(), this.spec.commandLine().getOut(), List.of());
		if (this.injectorsAt != null) {
			parsed(new Exchange(this.injectorsAt.toAbsolutePath().normalize()), run::injectedThrough);
		}
		return (asked != null) ? run.asking(asked) : run;
	}

	private RunPlan plan() throws InterruptedException {
		Place place = place(this.on);
		if (this.database != null && !(place instanceof Place.Here)) {
			throw new CommandLine.ParameterException(this.spec.commandLine(),
					"--database goes with processes of this machine: containers ask the database beside them");
		}
		Profile spent = parsed(this.profile, Profile::of);
		Map<String, String> checked = checkedChanges();
		boolean all = this.experiments.equals(List.of("all"));
		List<Experiment> chosen = all ? Catalogue.experiments() : parsed(this.experiments, Catalogue::experiment);
		List<Lane> measured = parsed(this.lanes, Lane::of);
		Settings limits = parsed(this.settings, Settings::of);
		List<Subject.Target> own = parsed(this.targets, (words) -> Targets.parse(words, this.allowedHosts));
		Cores cores = (place instanceof Place.Here) ? cores() : Cores.SHARED;
		long order = (this.seed != null) ? this.seed : ThreadLocalRandom.current().nextLong(1_000_000);
		List<Reference> beside = this.reference ? List.of(Reference.values()) : List.of();
		Function<List<Experiment>, RunPlan> planning = (some) -> parsed(
				(this.forks != null) ? this.forks : spent.forks(), (count) -> new RunPlan(some, spent, measured, own,
						limits, count, checked, cores, order, place, this.injectors, beside));
		if (this.reference && chosen.stream().noneMatch(Reference::beside)) {
			throw new CommandLine.ParameterException(this.spec.commandLine(),
					"--reference goes with experiments that ask for one call of the downstream, and %s asks for more"
						.formatted(chosen.getFirst().id()));
		}
		return planning.apply(all ? possible(chosen, planning) : chosen);
	}

	// Who asks for all gets all that this machine can measure, and hears of the rest.
	private List<Experiment> possible(List<Experiment> experiments, Function<List<Experiment>, RunPlan> planning) {
		Optional<Calibration> calibration = this.beyondCalibration ? Optional.empty()
				: Calibration.known(Installation.current());
		List<Experiment> possible = new ArrayList<>();
		for (Experiment experiment : experiments) {
			Optional<String> obstacle = Obstacle.to(() -> planning.apply(List.of(experiment)), calibration);
			obstacle.ifPresentOrElse(
					(why) -> this.spec.commandLine()
						.getOut()
						.printf("Not measured: %s, because %s%n", experiment.id(), why),
					() -> possible.add(experiment));
		}
		return possible;
	}

	private Place place(@Nullable String name) throws InterruptedException {
		return switch ((name != null) ? name : "processes") {
			case "processes" -> Place.HERE;
			case Place.Compose.ID -> ComposeContainers.place(System.getenv());
			case IN_CLUSTER -> new Place.Standing(Map.of());
			case Place.Standing.ID -> StandingLanes.find().place();
			default -> throw new CommandLine.ParameterException(this.spec.commandLine(),
					"--on must be processes, compose or k8s, not '%s'".formatted(name));
		};
	}

	private Cores cores() {
		int processors = Runtime.getRuntime().availableProcessors();
		if (Boolean.TRUE.equals(this.pin) && !Cores.supported()) {
			throw new CommandLine.ParameterException(this.spec.commandLine(),
					"--pin needs taskset, which util-linux brings on Linux");
		}
		boolean divisible = processors >= Cores.FEWEST && Cores.supported();
		return ((this.pin != null) ? this.pin : divisible) ? parsed(processors, Cores::of) : Cores.SHARED;
	}

	private Run resumed(Path folder) throws InterruptedException {
		for (CommandLine.Model.ArgSpec given : this.spec.commandLine().getParseResult().matchedArgs()) {
			if (!given.paramLabel().equals("DIR") || given.getValue() != folder) {
				if (!(given instanceof CommandLine.Model.OptionSpec option)
						|| !List.of("--port-base", "--beyond-calibration", "--attempts")
							.contains(option.longestName())) {
					throw new CommandLine.ParameterException(this.spec.commandLine(),
							"--resume finishes a run as it was begun: it goes with --port-base and --attempts");
				}
			}
		}
		try {
			Manifest begun = new RunFiles(folder).readManifest();
			return Run.resumed(Installation.current(), begun, parsed(this.portBase, Ports::new), folder,
					this.spec.commandLine().getOut(), place(begun.on()));
		}
		catch (IOException ex) {
			throw new RunFailure("%s holds no run that could be finished: %s".formatted(folder, ex.getMessage()), ex);
		}
	}

	private Map<String, String> checkedChanges() {
		for (String name : this.experiments.equals(List.of("all")) ? List.of("slow-call") : this.experiments) {
			Experiment experiment = parsed(name, Catalogue::experiment);
			parsed(this.changes, (values) -> experiment.parameters(parsed(this.profile, Profile::of), values));
		}
		return this.changes;
	}

	private <T> List<T> parsed(List<String> words, Function<String, T> parser) {
		return words.stream().distinct().map((word) -> parsed(word, parser)).toList();
	}

	private <S, T> T parsed(S word, Function<S, T> parser) {
		try {
			return parser.apply(word);
		}
		catch (IllegalArgumentException ex) {
			throw new CommandLine.ParameterException(this.spec.commandLine(), String.valueOf(ex.getMessage()), ex);
		}
	}

}
