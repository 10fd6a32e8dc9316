package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.cell.BrokenFileException;
import dev.threelanes.report.cell.Cell;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.CellStep;
import dev.threelanes.report.cell.Checksums;
import dev.threelanes.report.cell.InjectorMerge;
import dev.threelanes.report.cell.Json;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.cell.Sample;
import dev.threelanes.report.cell.Samples;
import dev.threelanes.runner.RunPlan.PlannedCell;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Measures one cell: starts the lane, checks that it is what it claims to be, drives it,
 * samples it, stops it, and publishes the files in one move.
 */
final class CellMeasurement {

	/** Gatling makes a folder of its own naming in here. */
	static final String GATLING_RUNS = "gatling-runs";

	/** With less than this no cell can be written: it takes two megabytes or more. */
	private static final long LEAST_SPACE_BYTES = 1_000_000;

	/**
	 * How much longer than expected the load may take: the longest time limit and some.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(150);

	/** How long a lane may need to answer again after the load. */
	private static final Duration CALM_WITHIN = Duration.ofSeconds(45);

	private final Installation installation;

	private final RunFiles run;

	private final Deployment deployment;

	private final Downstream downstream;

	private final Cores cores;

	/** The port at which injectors that share a load meet. */
	private final int barrier;

	private final SpoiltCells spoilt;

	private final InstantSource wall;

	/** Of the whole run, so that no cell seems to live beside another. */
	private final SteadyClock life;

	/** Absent where the load is made on this machine. */
	private @Nullable Exchange exchange;

	private int orders;

	CellMeasurement(Installation installation, RunFiles run, Deployment deployment, Cores cores, int barrier,
			SpoiltCells spoilt, InstantSource wall) {
		this.cores = cores;
		this.barrier = barrier;
		this.installation = installation;
		this.run = run;
		this.deployment = deployment;
		this.downstream = deployment.downstream();
		this.spoilt = spoilt;
		this.wall = wall;
		this.life = SteadyClock.from(wall);
	}

	/**
	 * Lets injectors on other machines make the load.
	 * @param ordered the folder where they find their orders
	 * @return this measurement
	 */
	CellMeasurement injectedThrough(@Nullable Exchange ordered) {
		this.exchange = ordered;
		return this;
	}

	/**
	 * Measures a cell.
	 * @param cell what to measure
	 * @return the published cell, or {@code null} if the measurement was spoilt, put
	 * aside, and is to be made again
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if the lane does not start, is not what it claims to be, or the
	 * cell cannot be stored
	 */
	@Nullable Cell measure(PlannedCell cell) throws InterruptedException {
		CellFiles unfinished = this.run.unfinishedCell(cell.experiment().id(), cell.subject().id(), cell.fork());
		try {
			delete(unfinished.folder());
			Files.createDirectories(unfinished.folder());
			Cell measured = measure(cell, unfinished);
			Json.write(unfinished.cell(), measured);
			if (this.spoilt.takes(cell, unfinished)) {
				return null;
			}
			unfinished.publish(this.run.cell(cell.experiment().id(), cell.subject().id(), cell.fork()));
			return measured;
		}
		catch (IOException ex) {
			throw new RunFailure("The cell %s cannot be stored: %s".formatted(cell, ex), ex);
		}
		catch (RunFailure ex) {
			throw explained(ex, unfinished.folder());
		}
		finally {
			deleteQuietly(unfinished.folder());
		}
	}

	private Cell measure(PlannedCell cell, CellFiles files) throws IOException, InterruptedException {
		Instant started = this.life.instant();
		List<String> problems = new ArrayList<>();
		Path logs = this.run.folder().resolve("logs");
		String name = cell.toString().replace('/', '-');
		this.deployment.requireAlive();
		try (Service lane = this.deployment.start(cell, logs.resolve(name + "-lane.log"))) {
			JsonNode before = identity(lane);
			if (cell.subject() instanceof Subject.OfLane measured) {
				LaneClaim.of(measured.contender(), cell).requireProvenBy(before);
			}
			List<CellStep> steps = Cell.steps(cell.schedule());
			// As near to the generators' own as can be, which tell the time of steps.
			SteadyClock clock = SteadyClock.from(this.wall);
			try (CellLoad generators = load(cell, lane, files, logs, name)) {
				Sampler sampler = Sampler.start(new Sampler.Watched(lane.pids(), this.downstream.pids(),
						generators.pids(), lane.metrics(), this.downstream.metrics(), lane.bystanders()), clock);
				try (sampler) {
					await(cell, lane, generators, problems);
				}
				clock.set().map(CellMeasurement::clockProblem).ifPresent(problems::add);
				if (!lane.bystanders().isEmpty() && unseen(sampler.samples())) {
					problems.add("The lanes that stood beside it did not tell whether they were idle");
				}
				new Samples(sampler.samples()).write(files.samples());
				if (cell.shared()) {
					merge(cell, files, generators.pids().isEmpty() ? null : sampler);
				}
			}
			keepGatlingReports(cell, files, problems);
			Duration startUp = lane.startUp();
			JsonNode after = lane.isAlive() ? identityAfter(lane, before) : null;
			return new Cell(Cell.SCHEMA, cell.experiment().id(), cell.subject().id(), cell.fork(), cell.profile().id(),
					cell.settings().id(), cell.parameters().asMap(), Cell.warmUp(cell.schedule()), steps,
					cell.experiment().load().kind(), started.toString(), this.life.instant().toString(),
					Cores.count(this.cores.generator()), (startUp != null) ? startUp.toMillis() : null,
					LaneProcess.flags(cell.settings(), cell.subject().setup(), cell.parameters()), before, after,
					problems, Checksums.of(files), cell.shared() ? cell.injectors() : null);
		}
	}

	private CellLoad load(PlannedCell cell, Service lane, CellFiles files, Path logs, String name) {
		if (this.exchange != null) {
			this.orders++;
			return RemoteInjectors.start(this.exchange, this.orders, order(cell), cell.injectors(), lane.baseUrls(),
					files);
		}
		return Injectors.start(this.installation, order(cell), cell.injectors(), lane.baseUrls(),
				this.cores.generator(), this.barrier, files, logs, name);
	}

	static Service start(PlannedCell cell, Installation installation, Ports ports, Cores cores, Database database,
			List<String> extraLaneArguments, Path log) throws InterruptedException {
		return switch (cell.subject()) {
			case Subject.OfLane measured -> {
				Lane lane = measured.contender().lane();
				LaneCluster.Start start = (own, output) -> LaneProcess.start(measured.contender(),
						installation.lane(lane), own, cell.settings(), cell.parameters(), database, extraLaneArguments,
						cores.lane(), output);
				int jvms = cell.parameters().jvms();
				yield (jvms > 1) ? LaneCluster.start(jvms, start, ports, cores.downstream(), log)
						: start.start(ports, log);
			}
			case Subject.OfReference measured -> LaneProcess.start(measured.reference(), installation.reference(),
					ports, cell.settings(), cell.parameters(), cores.lane(), log);
			case Subject.Target target -> new TargetService(target.url());
		};
	}

	// Injectors on other machines sample themselves.
	private static void merge(PlannedCell cell, CellFiles files, @Nullable Sampler sampler) throws IOException {
		for (int injector = 0; sampler != null && injector < cell.injectors(); injector++) {
			new Samples(sampler.samples(injector)).write(files.injector(injector).samples());
		}
		try {
			InjectorMerge.write(files);
		}
		catch (BrokenFileException ex) {
			throw new RunFailure(
					"The records of the injectors of %s cannot be put together: %s".formatted(cell, ex.getMessage()),
					ex);
		}
	}

	private void await(PlannedCell cell, Service lane, CellLoad generators, List<String> problems)
			throws InterruptedException {
		long deadline = System.nanoTime() + PATIENCE.toNanos() + (long) (cell.expectedSeconds() * 1e9);
		boolean dead = false;
		while (!generators.waitFor(Duration.ofMillis(250))) {
			if (!dead && !lane.isAlive()) {
				dead = true;
				problems.add(lane.epitaph());
			}
			this.downstream.requireAlive();
			if (System.nanoTime() > deadline) {
				throw new RunFailure("Gatling did not finish %s in time; its last words:%n%s".formatted(cell,
						generators.lastWords()));
			}
		}
		Optional<String> failure = generators.failure();
		if (failure.isPresent()) {
			throw new RunFailure("Gatling ended %s %s".formatted(cell, failure.get()));
		}
	}

	// Windows are right unless it was set before the generators had read theirs, which
	// nobody can tell afterwards.
	private static String clockProblem(Duration set) {
		return String.format(Locale.ROOT, "The clock of this machine was set %.1f s %s meanwhile",
				set.abs().toMillis() / 1000.0, set.isNegative() ? "back" : "forward");
	}

	// What grew is known from two looks on.
	private static boolean unseen(List<Sample> samples) {
		return Stream.of(Metric.BYSTANDERS_COUNT, Metric.BYSTANDERS_CPU_MILLIS)
			.anyMatch((metric) -> samples.stream().filter((sample) -> sample.value(metric).isPresent()).count() < 2);
	}

	private Generator.Order order(PlannedCell cell) {
		Generator.Order order = Generator.Order.of(cell);
		return cell.experiment().failsDownstream() ? order.failing(this.downstream.baseUrl()) : order;
	}

	// A lane that was asked for too much is busy for a while with what nobody waits for
	// any more.
	private static @Nullable JsonNode identityAfter(Service lane, @Nullable JsonNode before)
			throws InterruptedException {
		long deadline = System.nanoTime() + CALM_WITHIN.toNanos();
		JsonNode identity = identity(lane);
		while (identity == null && before != null && lane.isAlive() && System.nanoTime() < deadline) {
			Thread.sleep(500);
			identity = identity(lane);
		}
		return identity;
	}

	private static @Nullable JsonNode identity(Service lane) throws InterruptedException {
		try {
			return lane.identity();
		}
		catch (IOException ex) {
			return null;
		}
	}

	private static void keepGatlingReports(PlannedCell cell, CellFiles files, List<String> problems)
			throws IOException {
		if (!cell.shared()) {
			keepGatlingReport(files.folder(), files.gatling(), problems);
			return;
		}
		Files.createDirectories(files.gatling());
		for (int injector = 0; injector < cell.injectors(); injector++) {
			keepGatlingReport(files.injector(injector).folder(), files.gatling(injector), problems);
		}
	}

	private static void keepGatlingReport(Path record, Path place, List<String> problems) throws IOException {
		Path runs = record.resolve(GATLING_RUNS);
		try (Stream<Path> folders = Files.isDirectory(runs) ? Files.list(runs) : Stream.empty()) {
			Path report = folders.filter((folder) -> Files.isRegularFile(folder.resolve("index.html")))
				.findFirst()
				.orElse(null);
			if (report == null) {
				problems.add("Gatling left no HTML report");
			}
			else {
				Files.move(report, place);
			}
		}
		delete(runs);
	}

	// Whoever writes to a full disk cannot write why it ended either.
	private static RunFailure explained(RunFailure failure, Path folder) {
		try {
			return (Files.getFileStore(folder).getUsableSpace() < LEAST_SPACE_BYTES)
					? new RunFailure("No space left on device: %s%n%s".formatted(folder, failure.getMessage()), failure)
					: failure;
		}
		catch (IOException ex) {
			return failure;
		}
	}

	static void delete(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			return;
		}
		try (Stream<Path> tree = Files.walk(folder)) {
			for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(path);
			}
		}
	}

	private static void deleteQuietly(Path folder) {
		try {
			delete(folder);
		}
		catch (IOException ex) {
			// An unfinished cell is passed over by every reader, and removed by the next
			// run.
		}
	}

}
