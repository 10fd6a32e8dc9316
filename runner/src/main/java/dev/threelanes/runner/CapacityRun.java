package dev.threelanes.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.threelanes.experiments.Objective;
import dev.threelanes.experiments.Schedule;
import dev.threelanes.report.capacity.Capacities;
import dev.threelanes.report.capacity.Capacities.LaneCapacity;
import dev.threelanes.report.capacity.CapacitySearch;
import dev.threelanes.report.capacity.CapacitySearch.Next;
import dev.threelanes.report.capacity.Probe;
import dev.threelanes.report.cell.Cell;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.Checksums;
import dev.threelanes.report.cell.Json;
import dev.threelanes.report.cell.Samples;
import dev.threelanes.runner.RunPlan.PlannedCell;
import tools.jackson.databind.JsonNode;

/**
 * Searches the capacity of each lane under the experiment's objective. Every probe is a
 * fresh generator against the same warm lane, and leaves the files of a cell.
 */
final class CapacityRun {

	/** At so many answers a 99th percentile has a hundred beyond it. */
	private static final double ENOUGH_REQUESTS = 10_000;

	private static final Duration SHORTEST_PROBE = Duration.ofSeconds(6);

	private static final Duration LONGEST_PROBE = Duration.ofSeconds(30);

	/** Where nobody has calibrated the generator: what two processors carry. */
	private static final double UNCALIBRATED_RPS = 1500;

	private static final Duration PATIENCE = Duration.ofMinutes(4);

	private final Installation installation;

	private final RunPlan plan;

	private final Ports ports;

	private final Path folder;

	private final PrintWriter out;

	CapacityRun(Installation installation, RunPlan plan, Ports ports, Path folder, PrintWriter out) {
		this.installation = installation;
		this.plan = plan;
		this.ports = ports;
		this.folder = folder;
		this.out = out;
	}

	/**
	 * Searches all lanes and writes {@code capacity.json}.
	 * @return the exit status
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if the search cannot be made
	 */
	int execute() throws InterruptedException {
		this.ports.requireFree(this.plan.lanes());
		Thread farewell = Thread.ofPlatform().unstarted(ChildProcess::stopForGood);
		Runtime.getRuntime().addShutdownHook(farewell);
		List<LaneCapacity> found = new ArrayList<>();
		List<PlannedCell> cells = this.plan.cells().stream().filter((cell) -> cell.fork() == 1).toList();
		Objective objective = Objective.of(cells.getFirst().parameters());
		Path logs = this.folder.resolve("logs");
		try (DownstreamProcess downstream = DownstreamProcess.start(this.installation.downstream(),
				this.ports.downstream(), false, this.plan.cores().downstream(), logs.resolve("downstream.log"))) {
			for (PlannedCell cell : cells) {
				found.add(search(cell, downstream, logs));
			}
			Json.write(this.folder.resolve("capacity.json"),
					new Capacities(Capacities.SCHEMA, cells.getFirst().experiment().id(),
							objective.p99().toNanos() / 1e6, objective.errorShare(), found));
		}
		catch (IOException ex) {
			throw new RunFailure("The search cannot be stored: " + ex.getMessage(), ex);
		}
		finally {
			ChildProcess.stopAll();
			Run.removeHook(farewell);
		}
		print(found, objective);
		return found.stream().allMatch((lane) -> lane.found().confirmed()) ? Lanes.DONE : Lanes.INVALID;
	}

	private LaneCapacity search(PlannedCell cell, DownstreamProcess downstream, Path logs)
			throws IOException, InterruptedException {
		double most = Calibration.known(this.installation)
			.map((calibration) -> calibration.limit().believedRps())
			.orElse(UNCALIBRATED_RPS);
		CapacitySearch search = new CapacitySearch(Math.min(most, cell.cap() / 2), most);
		List<Probe> probes = new ArrayList<>();
		try (Service lane = CellMeasurement.start(cell, this.installation, this.ports, this.plan.cores(),
				Database.ofRun(this.ports), List.of(), logs.resolve(cell.subject().id() + ".log"))) {
			if (cell.subject() instanceof Subject.OfLane measured) {
				LaneClaim.of(measured.contender(), cell).requireProvenBy(lane.identity());
			}
			while (true) {
				switch (search.next(probes)) {
					case Next.Found found -> {
						return new LaneCapacity(cell.subject().id(), found, probes);
					}
					case Next.Try next ->
						probes.add(probe(cell, lane, downstream, next.offeredRps(), probes.size() + 1));
				}
			}
		}
	}

	private Probe probe(PlannedCell cell, Service lane, DownstreamProcess downstream, double rps, int number)
			throws IOException, InterruptedException {
		Duration length = Duration.ofSeconds(Math.clamp((long) Math.ceil(ENOUGH_REQUESTS / rps),
				SHORTEST_PROBE.toSeconds(), LONGEST_PROBE.toSeconds()));
		Schedule schedule = cell.experiment().probe(rps, length, cell.parameters());
		CellFiles files = new CellFiles(
				this.folder.resolve("probes").resolve(cell.subject().id()).resolve(Integer.toString(number)));
		Files.createDirectories(files.folder());
		Instant started = Instant.now();
		JsonNode before = lane.identity();
		Generator.Order order = Generator.Order.of(cell)
			.probe(Map.of("rate", Double.toString(rps), "seconds", Long.toString(length.toSeconds())));
		try (Generator generator = Generator.start(this.installation, order, lane.baseUrls(),
				this.plan.cores().generator(), files.folder(), files.folder().resolve("gatling.log"))) {
			Sampler sampler = Sampler.start(new Sampler.Watched(lane.pids(), downstream.pid(), generator.pid(),
					lane.metrics(), downstream.metrics()));
			try (sampler) {
				if (!generator.waitFor(PATIENCE) || generator.exitValue() != 0) {
					throw new RunFailure(
							"Gatling did not finish a probe; its last words:%n%s".formatted(generator.lastWords()));
				}
			}
			new Samples(sampler.samples()).write(files.samples());
		}
		Json.write(files.cell(),
				new Cell(Cell.SCHEMA, cell.experiment().id(), cell.subject().id(), number, cell.profile().id(),
						cell.settings().id(), cell.parameters().asMap(), Cell.warmUp(schedule), Cell.steps(schedule),
						cell.experiment().load().kind(), started.toString(), Instant.now().toString(),
						Cores.count(this.plan.cores().generator()), null,
						LaneProcess.flags(cell.settings(), cell.subject().setup(), cell.parameters()), before,
						lane.identity(), List.of(), Checksums.of(files)));
		Probe probe = Probe.of(files.read(), Objective.of(cell.parameters()));
		print(cell, probe, number);
		return probe;
	}

	private void print(PlannedCell cell, Probe probe, int number) {
		String p99 = (probe.p99Ms() != null) ? String.format(Locale.ROOT, "%.1f", probe.p99Ms()) : "-";
		this.out.printf(Locale.ROOT, "%-8s probe %2d: %8.1f/s  %-7s p99 %s ms%s%n", cell.subject().id(), number,
				probe.offeredRps(), probe.outcome().name().toLowerCase(Locale.ROOT), p99,
				probe.reasons().isEmpty() ? "" : "  " + probe.reasons().getFirst());
		this.out.flush();
	}

	private void print(List<LaneCapacity> found, Objective objective) {
		this.out.printf(Locale.ROOT, "%ncapacity with p99 <= %.0f ms and less than %.1f %% of errors:%n",
				objective.p99().toNanos() / 1e6, 100 * objective.errorShare());
		for (LaneCapacity lane : found) {
			Next.Found end = lane.found();
			String low = (end.lowRps() != null) ? String.format(Locale.ROOT, "%.0f", end.lowRps()) : "none";
			String high = (end.highRps() != null) ? String.format(Locale.ROOT, "; broken at %.0f", end.highRps())
					: "; nothing broke it";
			this.out.printf("  %-8s %s requests a second%s%s%s%n", lane.lane(), low, high,
					end.confirmed() ? ", confirmed" : ", not confirmed", (end.why() != null) ? ": " + end.why() : "");
		}
		this.out.printf("%nThe probes: %s%n", this.folder.resolve("capacity.json"));
		this.out.flush();
	}

}
