package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.cell.Cell;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.CellStep;
import dev.threelanes.report.cell.Checksums;
import dev.threelanes.report.cell.Json;
import dev.threelanes.report.cell.RunFiles;
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

	/**
	 * How much longer than expected the load may take: the longest time limit and some.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(150);

	/** How long a lane may need to answer again after the load. */
	private static final Duration CALM_WITHIN = Duration.ofSeconds(45);

	private final Installation installation;

	private final RunFiles run;

	private final Ports ports;

	private final DownstreamProcess downstream;

	private final Cores cores;

	private final Database database;

	private final List<String> extraLaneArguments;

	private final SpoiltCells spoilt;

	CellMeasurement(Installation installation, RunFiles run, Ports ports, DownstreamProcess downstream, Cores cores,
			Database database, List<String> extraLaneArguments, SpoiltCells spoilt) {
		this.database = database;
		this.cores = cores;
		this.installation = installation;
		this.run = run;
		this.ports = ports;
		this.downstream = downstream;
		this.extraLaneArguments = List.copyOf(extraLaneArguments);
		this.spoilt = spoilt;
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
		finally {
			deleteQuietly(unfinished.folder());
		}
	}

	private Cell measure(PlannedCell cell, CellFiles files) throws IOException, InterruptedException {
		Instant started = Instant.now();
		List<String> problems = new ArrayList<>();
		Path logs = this.run.folder().resolve("logs");
		String name = cell.toString().replace('/', '-');
		this.downstream.requireAlive();
		try (Service lane = start(cell, this.installation, this.ports, this.cores, this.database,
				this.extraLaneArguments, logs.resolve(name + "-lane.log"))) {
			JsonNode before = identity(lane);
			if (cell.subject() instanceof Subject.OfLane measured) {
				LaneClaim.of(measured.contender(), cell).requireProvenBy(before);
			}
			List<CellStep> steps = Cell.steps(cell.schedule());
			try (Generator generator = Generator.start(this.installation, order(cell), lane.baseUrls(),
					this.cores.generator(), files.folder(), logs.resolve(name + "-gatling.log"))) {
				Sampler sampler = Sampler.start(new Sampler.Watched(lane.pids(), this.downstream.pid(), generator.pid(),
						lane.metrics(), this.downstream.metrics()));
				try (sampler) {
					await(cell, lane, generator, problems);
				}
				new Samples(sampler.samples()).write(files.samples());
			}
			keepGatlingReport(files, problems);
			Duration startUp = lane.startUp();
			JsonNode after = lane.isAlive() ? identityAfter(lane, before) : null;
			return new Cell(Cell.SCHEMA, cell.experiment().id(), cell.subject().id(), cell.fork(), cell.profile().id(),
					cell.settings().id(), cell.parameters().asMap(), Cell.warmUp(cell.schedule()), steps,
					cell.experiment().load().kind(), started.toString(), Instant.now().toString(),
					Cores.count(this.cores.generator()), (startUp != null) ? startUp.toMillis() : null,
					LaneProcess.flags(cell.settings(), cell.subject().setup(), cell.parameters()), before, after,
					problems, Checksums.of(files));
		}
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
			case Subject.Target target -> new TargetService(target.url());
		};
	}

	private void await(PlannedCell cell, Service lane, Generator generator, List<String> problems)
			throws InterruptedException {
		long deadline = System.nanoTime() + PATIENCE.toNanos() + (long) (cell.expectedSeconds() * 1e9);
		boolean dead = false;
		while (!generator.waitFor(Duration.ofMillis(250))) {
			if (!dead && !lane.isAlive()) {
				dead = true;
				problems.add(lane.epitaph());
			}
			this.downstream.requireAlive();
			if (System.nanoTime() > deadline) {
				throw new RunFailure("Gatling did not finish %s in time; its last words:%n%s".formatted(cell,
						generator.lastWords()));
			}
		}
		// Status 2 is Gatling's word for failed assertions, of which there are none here.
		if (generator.exitValue() != 0) {
			throw new RunFailure("Gatling ended %s with status %d; its last words:%n%s".formatted(cell,
					generator.exitValue(), generator.lastWords()));
		}
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

	private static void keepGatlingReport(CellFiles files, List<String> problems) throws IOException {
		Path runs = files.folder().resolve(GATLING_RUNS);
		try (Stream<Path> folders = Files.isDirectory(runs) ? Files.list(runs) : Stream.empty()) {
			Path report = folders.filter((folder) -> Files.isRegularFile(folder.resolve("index.html")))
				.findFirst()
				.orElse(null);
			if (report == null) {
				problems.add("Gatling left no HTML report");
			}
			else {
				Files.move(report, files.gatling());
			}
		}
		delete(runs);
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
