package dev.threelanes.report.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Contender;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Load;
import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Settings;
import dev.threelanes.experiments.Setup;
import dev.threelanes.experiments.Step;
import dev.threelanes.report.cell.BrokenFileException;
import dev.threelanes.report.cell.Cell;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.CellStep;
import dev.threelanes.report.cell.Checksums;
import dev.threelanes.report.cell.Json;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.RunFiles;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A cell that a simulated queue made, healthy until it is doctored.
 */
public final class SimulatedCell {

	/** CPU time that a simulated request takes, in milliseconds. */
	public static final double CPU_MS_PER_REQUEST = 1.25;

	/** CPU time that it takes of the generator, in milliseconds. */
	public static final double GENERATOR_CPU_MS_PER_REQUEST = 0.2;

	/** What a simulated request allocates. */
	public static final double ALLOCATED_BYTES_PER_REQUEST = 51_200;

	/** What a request in progress holds of the heap. */
	public static final double HEAP_BYTES_PER_REQUEST = 20_480;

	/** What an answer takes that is nothing but one. */
	private static final long NOTHING_MICROS = 100;

	/** When every simulated lane starts. */
	static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

	private final Experiment experiment;

	private final Parameters parameters;

	private final String name;

	private final Lane lane;

	private final int fork;

	private final Map<String, Integer> failures = new LinkedHashMap<>();

	private final Map<String, Integer> failuresPastTheCap = new LinkedHashMap<>();

	private final Map<String, Map<String, Integer>> failuresOfSteps = new LinkedHashMap<>();

	private final List<String> problems = new ArrayList<>();

	private double overheadMs;

	private double startedShare = 1;

	private long startLagMicros = 200;

	private double downstreamOnTime = 1;

	private double slowness = 1;

	private double swing;

	private double swingOfLane;

	private int forgotten;

	private int late;

	private String settings;

	private List<String> flags;

	private @Nullable JsonNode identityBefore;

	private @Nullable JsonNode identityAfter;

	private @Nullable Integer carriers;

	private Profile profile = Profile.QUICK;

	/** Often, so that short steps have enough samples for every rule. */
	private int sampledEveryMillis = 100;

	private SimulatedCell(Experiment experiment, String name, Lane lane, int fork) {
		this.experiment = experiment;
		Parameters declared = experiment.parameters(Profile.QUICK, Map.of());
		this.parameters = experiment.contender(name)
			.map((contender) -> contender.parameters(declared))
			.orElse(declared);
		this.name = name;
		this.lane = lane;
		this.fork = fork;
		this.overheadMs = 2 + 0.1 * fork + 0.3 * lane.ordinal();
		Setup setup = experiment.contender(name).map(Contender::setup).orElse(Setup.AS_ALL);
		this.settings = setup.settings(Settings.ALIGNED).id();
		this.flags = Stream.concat(Stream.of("-Xmx512m"), setup.flags().stream()).toList();
		this.identityBefore = identity(lane.id(), lane.server(), lane.virtual(), this.settings,
				((setup.jdk() != null) ? setup.jdk() : 25) + ".0.1+8", 4711, this.parameters);
		this.identityAfter = this.identityBefore;
		this.carriers = lane.virtual() ? this.parameters.values().get(Parameter.LOOPS) : null;
	}

	/**
	 * A healthy cell of a lane.
	 * @param experiment the experiment's name
	 * @param lane the lane
	 * @param fork the fork
	 * @return the cell
	 */
	public static SimulatedCell of(String experiment, Lane lane, int fork) {
		return of(experiment, lane.id(), lane, fork);
	}

	/**
	 * A healthy cell of a contender.
	 * @param experiment the experiment's name
	 * @param contender the contender's name
	 * @param lane the lane that it is
	 * @param fork the fork
	 * @return the cell
	 */
	public static SimulatedCell of(String experiment, String contender, Lane lane, int fork) {
		return new SimulatedCell(Catalogue.experiment(experiment).seenBy(contender), contender, lane, fork);
	}

	/**
	 * A healthy cell of a reader's own target, which behaves like a lane.
	 * @param experiment the experiment's name
	 * @param name the target's name
	 * @param like the lane that it behaves like
	 * @return the cell
	 */
	public static SimulatedCell target(String experiment, String name, Lane like) {
		return new SimulatedCell(Catalogue.experiment(experiment), name, like, 1);
	}

	/**
	 * What a reference says of itself.
	 * @param name its name
	 * @return the answer of {@code /api/whoami}
	 */
	public static JsonNode reference(String name) {
		return JsonNodeFactory.instance.objectNode().put("reference", name).put("pid", 4711);
	}

	/**
	 * What a lane says of itself.
	 * @param lane its name
	 * @param server its server
	 * @param virtual whether its threads are virtual
	 * @param settings its settings
	 * @param pid its process
	 * @return the answer of {@code /api/whoami}
	 */
	public static JsonNode identity(String lane, String server, boolean virtual, String settings, int pid) {
		return identity(lane, server, virtual, settings, "25.0.1+8", pid, new Parameters(500, 200));
	}

	private static JsonNode identity(String lane, String server, boolean virtual, String settings, String jdk, int pid,
			Parameters parameters) {
		try {
			return Json
				.parse("""
						{"lane": "%s", "server": "%s", "virtual": %s, "settings": "%s", "jdk": "%s", "pid": %d, "processors": 2,
						 "gc": ["G1 Young Generation", "G1 Old Generation"], "limits": {"serverThreads": %d,
						 "maxConnections": 10000, "permits": %d, "maxRequests": %d,
						 "clientResponseTimeoutMs": %d, "eventLoops": %d%s}}"""
					.formatted(lane, server, virtual, settings, jdk, pid, parameters.threads(),
							parameters.values().getOrDefault(Parameter.PERMITS, 2),
							parameters.values().getOrDefault(Parameter.ADMITTED, 0),
							parameters.values().getOrDefault(Parameter.TIMEOUT_MS, 35_000),
							parameters.values().getOrDefault(Parameter.LOOPS, 4),
							// A lane does not tell of the client that Spring Boot has
							// made.
							settings.equals("aligned") ? ", \"clientMaxConnections\": %d"
								.formatted(parameters.values().getOrDefault(Parameter.CONNECTIONS, 10_000)) : ""));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// Takes as long as another profile.
	public SimulatedCell profile(Profile value) {
		this.profile = value;
		return this;
	}

	// Samples as seldom as a run does.
	public SimulatedCell sampledEverySecond() {
		this.sampledEveryMillis = 1000;
		return this;
	}

	// Sets ε.
	public SimulatedCell overheadMs(double value) {
		this.overheadMs = value;
		return this;
	}

	// Lets the generator start only a share of the offered load.
	public SimulatedCell startedShare(double value) {
		this.startedShare = value;
		return this;
	}

	// Lets every request start late.
	public SimulatedCell startLagMs(long value) {
		this.startLagMicros = value * 1000;
		return this;
	}

	// Lets only a share of the downstream's answers be on time.
	public SimulatedCell downstreamOnTime(double value) {
		this.downstreamOnTime = value;
		return this;
	}

	// Lets everything take a multiple of the CPU time, on a slower machine.
	public SimulatedCell slowness(double value) {
		this.slowness = value;
		return this;
	}

	// Lets the machine be slower and faster in turn, by a share of its speed.
	public SimulatedCell swing(double value) {
		this.swing = value;
		return this;
	}

	// Lets the lane alone take more and less CPU time in turn, by a share of it.
	public SimulatedCell swingOfLane(double value) {
		this.swingOfLane = value;
		return this;
	}

	// Lets the last requests of every step have neither an answer nor a failure.
	public SimulatedCell forget(int requests) {
		this.forgotten = requests;
		return this;
	}

	// Lets the last requests of every step fail.
	public SimulatedCell fail(String type, int requests) {
		this.failures.put(type, requests);
		return this;
	}

	// Lets the last requests of one step fail.
	public SimulatedCell fail(String type, String step, int requests) {
		this.failuresOfSteps.put(step, Map.of(type, requests));
		return this;
	}

	// Lets the last requests of the steps past the cap fail, and of those that hold many.
	public SimulatedCell failPastTheCap(String type, int requests) {
		this.failuresPastTheCap.put(type, requests);
		return this;
	}

	// Lets callers come when everyone was woken already.
	public SimulatedCell late(int callers) {
		this.late = callers;
		return this;
	}

	// Lets it have been started with settings of its own.
	public SimulatedCell settings(String value) {
		this.settings = value;
		return this;
	}

	// Lets its JVM have been started with these flags alone.
	public SimulatedCell flags(String... values) {
		this.flags = List.of(values);
		return this;
	}

	// Lets the runner have seen something.
	public SimulatedCell problem(String text) {
		this.problems.add(text);
		return this;
	}

	// Changes what the lane says of itself.
	public SimulatedCell identities(@Nullable JsonNode before, @Nullable JsonNode after) {
		this.identityBefore = before;
		this.identityAfter = after;
		return this;
	}

	// Lets the JVM mean to have so many carriers of virtual threads.
	public SimulatedCell carriers(int value) {
		this.carriers = value;
		return this;
	}

	// Writes all files and reads them.
	public LoadedCell load(RunFiles run) throws BrokenFileException {
		return write(run).read();
	}

	// Writes all files.
	public CellFiles write(RunFiles run) {
		CellFiles files = run.cell(this.experiment.id(), this.name, this.fork);
		try {
			Files.createDirectories(files.folder());
			Schedule schedule = this.experiment.schedule(this.profile, this.parameters);
			List<CellStep> steps = Cell.steps(schedule);
			Instant start = START.plusSeconds(600L * nextPlace());
			RecordWriter records = new RecordWriter(start.toEpochMilli() + 10_000);
			Cell.warmUp(schedule).forEach(records::warmedUp);
			int servers = this.experiment.bound().holds(this.lane)
					? this.parameters.value(this.experiment.bound().places()) : Integer.MAX_VALUE;
			if (this.experiment.load() instanceof Load.Beside beside) {
				schedule.together().forEach((together) -> addTogether(records, beside, together));
				steps = List.of();
			}
			for (CellStep step : steps) {
				long serviceMicros = serviceMicros(step.name());
				if (step.waiting()) {
					records.wakeUps(step, this.late);
				}
				records.add(step, Queue.of(step, this.startedShare, servers, serviceMicros), failures(step),
						this.forgotten, this.startLagMicros, serviceMicros);
			}
			records.write(files);
			records
				.samples(this.lane, this.carriers, this.downstreamOnTime, this.slowness, this.swing, this.swingOfLane,
						this.sampledEveryMillis)
				.write(files.samples());
			Json.write(files.cell(),
					new Cell(Cell.SCHEMA, this.experiment.id(), this.name, this.fork, this.profile.id(), this.settings,
							this.parameters.asMap(), Cell.warmUp(schedule), Cell.steps(schedule),
							this.experiment.load().kind(), start.toString(), start.plusSeconds(590).toString(), 2,
							1500L, this.flags, this.identityBefore, this.identityAfter, this.problems,
							Checksums.of(files)));
			Files.createDirectories(files.gatling());
			Files.writeString(files.gatling().resolve("index.html"), "<!doctype html><title>Gatling</title>");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return files;
	}

	private long serviceMicros(String step) {
		int depth = this.experiment.request(step, this.parameters).depth();
		return depth * (this.parameters.delayMs() * 1000L + Math.round(this.overheadMs * 1000));
	}

	private void addTogether(RecordWriter records, Load.Beside beside, List<Step> together) {
		List<Step.Part> parts = together.stream()
			.filter(Step.Part.class::isInstance)
			.map(Step.Part.class::cast)
			.toList();
		if (parts.isEmpty()) {
			return;
		}
		int servers = beside.encounter(parts.getFirst().name()).heldUp().contains(this.lane)
				? this.parameters.value(this.experiment.bound().places()) : Integer.MAX_VALUE;
		List<Long> micros = parts.stream().map((part) -> Math.max(NOTHING_MICROS, serviceMicros(part.name()))).toList();
		List<Queue> queues = Queue.together(parts, micros, servers);
		long begin = records.clock();
		for (int i = 0; i < parts.size(); i++) {
			CellStep step = CellStep.of(parts.get(i));
			records.part(begin, step, queues.get(i), failures(step), this.forgotten, this.startLagMicros,
					micros.get(i));
		}
	}

	// Cells that follow each other, as a run's do.
	private int nextPlace() {
		int contender = this.experiment.contenders().stream().map(Contender::id).toList().indexOf(this.name);
		return 1000 * Catalogue.experiments().indexOf(this.experiment) + 10 * this.fork
				+ ((contender >= 0) ? contender : 9);
	}

	private Map<String, Integer> failures(CellStep step) {
		Map<String, Integer> all = new LinkedHashMap<>(this.failures);
		boolean many = step.held() && step.arrivals() > 1;
		if (many || step.rps() > 1.01 * this.experiment.bound().rps(this.parameters)) {
			all.putAll(this.failuresPastTheCap);
		}
		all.putAll(this.failuresOfSteps.getOrDefault(step.name(), Map.of()));
		return all;
	}

	String place() {
		return "%s/%s/%d".formatted(this.experiment.id(), this.name, this.fork);
	}

}
