package dev.threelanes.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.threelanes.report.Report;
import dev.threelanes.report.RunIndex;
import dev.threelanes.report.cell.Cell;
import dev.threelanes.report.cell.Json;
import dev.threelanes.report.cell.Manifest;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.results.Results;
import dev.threelanes.runner.RunPlan.PlannedCell;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One run from start to page.
 */
final class Run {

	private static final DateTimeFormatter RUN_ID = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final long SECONDS_OF_A_MINUTE = 60;

	private final Installation installation;

	private final RunPlan plan;

	private final Ports ports;

	private final String runId;

	private final RunFiles files;

	private final List<String> words;

	private final PrintWriter out;

	private final List<String> extraLaneArguments;

	private final Instant started = Instant.now();

	private final Map<String, JsonNode> identities = new LinkedHashMap<>();

	private final FinishedCells finished;

	private final @Nullable Manifest begun;

	private final Optional<Calibration> calibration;

	private boolean beyondCalibration;

	private SpoiltCells spoilt;

	private Database database;

	/**
	 * Prepares to finish a run that was stopped.
	 * @param installation where the built parts are
	 * @param begun what was written of it
	 * @param ports where to listen
	 * @param folder the run's folder
	 * @param out where to tell of progress
	 * @return the run
	 */
	static Run resumed(Installation installation, Manifest begun, Ports ports, Path folder, PrintWriter out) {
		Run run = new Run(installation, RunPlan.of(begun), ports, folder, begun.args(), out, List.of(), begun);
		String database = begun.database();
		return (database != null) ? run.asking(Database.again(database, System.getenv())) : run;
	}

	/**
	 * Prepares a run.
	 * @param installation where the built parts are
	 * @param plan what to measure
	 * @param ports where to listen
	 * @param folder the run's folder, or {@code null} for one of its own in results/
	 * @param words the words of the command line, for the record
	 * @param out where to tell of progress
	 * @param extraLaneArguments further arguments of every lane
	 */
	Run(Installation installation, RunPlan plan, Ports ports, @Nullable Path folder, List<String> words,
			PrintWriter out, List<String> extraLaneArguments) {
		this(installation, plan, ports, folder, words, out, extraLaneArguments, null);
	}

	private Run(Installation installation, RunPlan plan, Ports ports, @Nullable Path folder, List<String> words,
			PrintWriter out, List<String> extraLaneArguments, @Nullable Manifest begun) {
		this.installation = installation;
		this.plan = plan;
		this.ports = ports;
		this.words = List.copyOf(words);
		this.out = out;
		this.extraLaneArguments = List.copyOf(extraLaneArguments);
		this.begun = begun;
		this.calibration = Calibration.known(installation);
		this.runId = (folder != null) ? String.valueOf(folder.toAbsolutePath().normalize().getFileName())
				: RUN_ID.format(this.started) + "-" + plan.profile().id();
		this.files = new RunFiles(
				(folder != null) ? folder.toAbsolutePath() : installation.results().resolve(this.runId));
		this.finished = new FinishedCells(this.files);
		this.spoilt = new SpoiltCells(this.files, SpoiltCells.DEFAULT_ATTEMPTS);
		this.database = Database.ofRun(ports);
		if (begun != null) {
			this.identities.putAll(begun.lanes());
		}
	}

	/**
	 * Runs all cells and writes the page.
	 * @return the exit status
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if the run cannot be made
	 */
	int execute() throws InterruptedException {
		List<PlannedCell> cells = this.plan.cells();
		this.ports.requireFree(this.plan.lanes());
		cells.stream()
			.mapToInt((cell) -> cell.parameters().jvms())
			.filter((jvms) -> jvms > 1)
			.max()
			.ifPresent(this.ports::requireFreeForJvms);
		requireDescriptors(cells);
		if (!this.beyondCalibration) {
			this.calibration.ifPresent((known) -> known.requireWithin(cells));
		}
		if (this.begun != null) {
			requireSameConditions(this.begun);
			this.finished.adopt(this.begun, cells);
			this.spoilt.adopt(cells);
		}
		else {
			createFolder();
		}
		Thread farewell = Thread.ofPlatform().unstarted(() -> stop(cells.size()));
		Runtime.getRuntime().addShutdownHook(farewell);
		try {
			writeManifest(cells, false);
			measure(cells.stream().filter((cell) -> !this.finished.contains(cell)).toList(), cells);
			writeManifest(cells, true);
		}
		finally {
			ChildProcess.stopAll();
			removeHook(farewell);
		}
		return conclude();
	}

	/**
	 * Measures even where the generator was seen to be dishonest: the rules then say so.
	 * @return this run
	 */
	Run beyondCalibration() {
		this.beyondCalibration = true;
		return this;
	}

	/**
	 * Says how often a cell is measured when generator, downstream or machine spoil it.
	 * @param most the most attempts at a cell, 1 to 10
	 * @return this run
	 * @throws IllegalArgumentException if the number is out of bounds
	 */
	Run attempts(int most) {
		this.spoilt = new SpoiltCells(this.files, most);
		return this;
	}

	/**
	 * Asks a server of the reader's own instead of the one that a run brings along.
	 * @param database the server
	 * @return this run
	 */
	Run asking(Database database) {
		this.database = database;
		return this;
	}

	private void measure(List<PlannedCell> missing, List<PlannedCell> cells) throws InterruptedException {
		if (missing.isEmpty()) {
			return;
		}
		Path logs = this.files.folder().resolve("logs");
		boolean asksDatabase = missing.stream().anyMatch((cell) -> cell.experiment().asksDatabase());
		if (asksDatabase && !this.database.ownOfRun()) {
			this.database.requireReachable();
		}
		try (DatabaseProcess database = (asksDatabase && this.database.ownOfRun()) ? DatabaseProcess
			.start(this.ports.database(), this.plan.cores().downstream(), logs.resolve("database.log")) : null;
				DownstreamProcess downstream = DownstreamProcess.start(this.installation.downstream(),
						this.ports.downstream(),
						missing.stream().anyMatch((cell) -> cell.experiment().failsDownstream()),
						this.plan.cores().downstream(), logs.resolve("downstream.log"));
				Progress progress = new Progress(this.out, System.console() != null && System.console().isTerminal(),
						missing, new LiveLine(LiveLine.file(logs.resolve("any"))))) {
			CellMeasurement measurement = new CellMeasurement(this.installation, this.files, this.ports, downstream,
					this.plan.cores(), this.database, this.extraLaneArguments, this.spoilt);
			this.out.printf("%d cells to measure, about %d min%n", missing.size(), Math
				.ceilDiv((long) missing.stream().mapToDouble(PlannedCell::expectedSeconds).sum(), SECONDS_OF_A_MINUTE));
			for (PlannedCell cell : missing) {
				progress.started(cell);
				if (database != null) {
					database.requireAlive();
				}
				Cell measured = measurement.measure(cell);
				while (measured == null) {
					writeManifest(cells, false);
					progress.again(cell, this.spoilt.repeats().getLast().reasons());
					measured = measurement.measure(cell);
				}
				JsonNode identity = measured.identityBefore();
				if (identity != null) {
					this.identities.putIfAbsent(cell.subject().id(), identity);
				}
				this.finished.add(cell);
				writeManifest(cells, false);
				progress.finished(cell, measured.problems());
			}
		}
	}

	// A run is measured under one configuration or not at all.
	private void requireSameConditions(Manifest before) {
		require("commit", this.installation.commit(), before.commit());
		require("programs", this.installation.fingerprints(this.plan.lanes()), before.artifacts());
		require("machine", MachineFacts.read(), before.machine());
		require("flags of the JVM", JavaCommand.LANE_FLAGS, before.jvmFlags());
		List<String> order = new ArrayList<>();
		this.plan.cells().forEach((cell) -> order.add(cell.toString()));
		require("order of cells", order, before.order());
	}

	private void require(String what, @Nullable Object now, @Nullable Object before) {
		if (!Objects.equals(now, before)) {
			throw new RunFailure("%s was begun with another %s and cannot be finished with this one: make a new run"
				.formatted(this.files.folder(), what));
		}
	}

	private int conclude() {
		try {
			Results results = Report.write(this.files.folder());
			// A folder that somebody chose is not ours to put a page into.
			Path parent = this.files.folder().toAbsolutePath().getParent();
			if (parent != null && this.installation.results().equals(parent)) {
				RunIndex.write(parent);
			}
			ResultTable.print(results, this.out);
			this.out.printf("%nThe page: %s%n", this.files.page());
			this.out.flush();
			return results.valid() ? Lanes.DONE : Lanes.INVALID;
		}
		catch (IOException ex) {
			throw new RunFailure("The page cannot be written: " + ex.getMessage(), ex);
		}
	}

	private void createFolder() {
		try {
			if (Files.exists(this.files.manifest())) {
				throw new RunFailure("%s already holds a run: choose another folder".formatted(this.files.folder()));
			}
			Files.createDirectories(this.files.folder().resolve("logs"));
		}
		catch (IOException ex) {
			throw new RunFailure("The folder %s cannot be made: %s".formatted(this.files.folder(), ex), ex);
		}
	}

	/**
	 * Makes sure that a process may open as many files as a cell needs.
	 * @param cells what is to be measured
	 * @throws RunFailure if one needs more
	 */
	static void requireDescriptors(List<PlannedCell> cells) {
		Long limit = MachineFacts.descriptorLimit();
		for (PlannedCell cell : cells) {
			long needed = cell.descriptors();
			if (limit != null && limit < needed) {
				throw new RunFailure(
						"%s needs %d file descriptors in a process and %d are allowed: raise 'ulimit -n', or lower the load with --set"
							.formatted(cell, needed, limit));
			}
		}
	}

	private void writeManifest(List<PlannedCell> cells, boolean complete) {
		List<String> order = new ArrayList<>();
		cells.forEach((cell) -> order.add(cell.toString()));
		try {
			Json.write(this.files.manifest(), new Manifest(Manifest.SCHEMA, this.runId,
					(this.begun != null) ? this.begun.startedAt() : this.started.toString(), this.words,
					this.installation.commit(), this.plan.seed(), order, this.plan.profile().id(),
					this.plan.settings().id(), MachineFacts.read(), JavaCommand.LANE_FLAGS, this.identities,
					this.plan.written(), this.installation.fingerprints(this.plan.lanes()), this.finished.sums(),
					resumedAt(), this.calibration.map(Calibration::words).orElse(null), this.plan.cores().asMap(),
					this.spoilt.repeats(), this.database.ownOfRun() ? null : this.database.address(), complete));
		}
		catch (IOException ex) {
			throw new RunFailure("The manifest cannot be written: " + ex, ex);
		}
	}

	private List<String> resumedAt() {
		List<String> moments = new ArrayList<>();
		if (this.begun != null) {
			moments.addAll(this.begun.resumedAt());
			moments.add(this.started.toString());
		}
		return moments;
	}

	private void stop(int cells) {
		ChildProcess.stopForGood();
		System.err.printf("%nStopped: %d of %d cells kept in %s; ./lanes run --resume finishes the run%n",
				this.finished.sums().size(), cells, this.files.folder());
	}

	static void removeHook(Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (IllegalStateException ex) {
			// The JVM is going down already, and the hook with it.
		}
	}

}
