package dev.threelanes.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

	/** Machines for injectors may have to be made first. */
	private static final Duration INJECTORS_WITHIN = Duration.ofMinutes(15);

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

	private InstantSource wall = InstantSource.system();

	private Database database;

	private @Nullable Exchange exchange;

	/**
	 * Which this process must end itself, since no kernel does it for a process that is
	 * gone.
	 */
	private volatile @Nullable ComposeContainers containers;

	/**
	 * Prepares to finish a run that was stopped.
	 * @param installation where the built parts are
	 * @param begun what was written of it
	 * @param ports where to listen
	 * @param folder the run's folder
	 * @param out where to tell of progress
	 * @param place where lanes live, the same as then
	 * @return the run
	 */
	static Run resumed(Installation installation, Manifest begun, Ports ports, Path folder, PrintWriter out,
			Place place) {
		Run run = new Run(installation, RunPlan.of(begun, place), ports, folder, begun.args(), out, List.of(), begun);
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
		this.plan.requirePossible();
		List<PlannedCell> cells = this.plan.cells();
		if (this.plan.place() instanceof Place.Here) {
			this.ports.requireFree(this.plan.lanes());
			this.plan.references().forEach(this.ports::requireFree);
			cells.stream()
				.mapToInt((cell) -> cell.parameters().jvms())
				.filter((jvms) -> jvms > 1)
				.max()
				.ifPresent(this.ports::requireFreeForJvms);
		}
		if (this.plan.injectors() > 1) {
			this.ports.requireFreeForInjectors();
		}
		requireDescriptors(cells);
		if (!this.beyondCalibration) {
			this.calibration.ifPresent((known) -> known.requireWithin(cells));
		}
		List<PlannedCell> again = List.of();
		if (this.begun != null) {
			configuration(cells).requireSame(Configuration.of(this.begun), this.files.folder());
			this.finished.adopt(this.begun, cells);
			this.spoilt.adopt(cells);
			again = this.finished.giveUp(cells, this.spoilt::wants);
		}
		else {
			createFolder();
		}
		this.plan.leftOut().forEach((contender, why) -> this.out.printf("Not run: %s: %s%n", contender, why));
		if (this.exchange != null) {
			this.exchange.open();
		}
		Thread farewell = Thread.ofPlatform().unstarted(() -> stop(cells.size()));
		Runtime.getRuntime().addShutdownHook(farewell);
		try {
			// What is put aside is not on the list any more, so that nobody misses it.
			writeManifest(cells, false);
			putAside(again);
			measure(cells.stream().filter((cell) -> !this.finished.contains(cell)).toList(), cells);
			writeManifest(cells, true);
		}
		finally {
			ChildProcess.stopAll();
			endOrders();
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
	 * Tells the time by another clock than this machine's.
	 * @param clock the clock, which may be set at any moment
	 * @return this run
	 */
	Run by(InstantSource clock) {
		this.wall = clock;
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

	/**
	 * Lets injectors on other machines make every load.
	 * @param ordered the folder where they find their orders
	 * @return this run
	 * @throws IllegalArgumentException if one generator makes the loads
	 */
	Run injectedThrough(Exchange ordered) {
		if (this.plan.injectors() < 2) {
			throw new IllegalArgumentException("--injectors-at needs --injectors, 2 or more");
		}
		this.exchange = ordered;
		return this;
	}

	private void putAside(List<PlannedCell> again) {
		for (PlannedCell cell : again) {
			try {
				this.spoilt.takes(cell, this.files.cell(cell.experiment().id(), cell.subject().id(), cell.fork()));
			}
			catch (IOException ex) {
				throw new RunFailure("The cell %s cannot be put aside: %s".formatted(cell, ex), ex);
			}
			this.out.printf("%s is measured again: %s%n", cell,
					String.join(" ", this.spoilt.repeats().getLast().reasons()));
		}
	}

	private void measure(List<PlannedCell> missing, List<PlannedCell> cells) throws InterruptedException {
		if (missing.isEmpty()) {
			return;
		}
		if (this.exchange != null) {
			this.out.printf("Waiting for %d injectors in %s%n", this.plan.injectors(), this.exchange.folder());
			this.out.flush();
			this.exchange.awaitInjectors(this.plan.injectors(), INJECTORS_WITHIN);
		}
		Path logs = this.files.folder().resolve("logs");
		try (Deployment deployment = deploy(missing, logs);
				Progress progress = new Progress(this.out, System.console() != null && System.console().isTerminal(),
						missing, new LiveLine(LiveLine.file(logs.resolve("any"))))) {
			CellMeasurement measurement = new CellMeasurement(this.installation, this.files, deployment,
					this.plan.cores(), this.ports.barrier(), this.spoilt, this.wall)
				.injectedThrough(this.exchange);
			this.out.printf("%d cells to measure, about %d min%n", missing.size(), Math
				.ceilDiv((long) missing.stream().mapToDouble(PlannedCell::expectedSeconds).sum(), SECONDS_OF_A_MINUTE));
			for (PlannedCell cell : missing) {
				progress.started(cell);
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

	private Deployment deploy(List<PlannedCell> cells, Path logs) throws InterruptedException {
		return switch (this.plan.place()) {
			case Place.Here here -> LocalProcesses.start(this.installation, this.ports, this.plan.cores(),
					this.database, this.extraLaneArguments, cells, logs);
			case Place.Compose compose ->
				ComposeContainers.start(ComposeCommand.find(this.installation.home()), cells, this::endWithThisProcess);
			case Place.Standing standing -> StandingLanes.find();
		};
	}

	private void endWithThisProcess(ComposeContainers started) {
		this.containers = started;
	}

	private Configuration configuration(List<PlannedCell> cells) {
		return new Configuration(this.installation.commit(), fingerprints(), MachineFacts.read(),
				JavaCommand.LANE_FLAGS, cells.stream().map(PlannedCell::toString).toList());
	}

	private int conclude() {
		try {
			Results results = Report.write(this.files.folder());
			// A folder that somebody chose is not ours to put a page into.
			Path runs = this.installation.results();
			if (runs.equals(this.files.folder().toAbsolutePath().getParent())) {
				RunIndex.write(runs);
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
		Configuration measured = configuration(cells);
		try {
			Json.write(this.files.manifest(),
					new Manifest(Manifest.SCHEMA, this.runId,
							(this.begun != null) ? this.begun.startedAt() : this.started.toString(), this.words,
							measured.commit(), this.plan.seed(), measured.order(), this.plan.profile().id(),
							this.plan.settings().id(), measured.machine(), measured.jvmFlags(), this.identities,
							this.plan.written(), measured.programs(), this.finished.sums(), resumedAt(),
							this.calibration.map(Calibration::words).orElse(null), this.plan.cores().asMap(),
							this.spoilt.repeats(), this.database.ownOfRun() ? null : this.database.address(), complete,
							this.plan.leftOut(), this.plan.place().id()));
		}
		catch (IOException ex) {
			throw new RunFailure("The manifest cannot be written: " + ex, ex);
		}
	}

	// Programs in containers are not this process's to read.
	private Map<String, String> fingerprints() {
		return (this.plan.place() instanceof Place.Here)
				? this.installation.fingerprints(this.plan.lanes(), !this.plan.references().isEmpty())
				: this.installation.fingerprintsOfSimulations();
	}

	private List<String> resumedAt() {
		List<String> moments = new ArrayList<>();
		if (this.begun != null) {
			moments.addAll(this.begun.resumedAt());
			moments.add(this.started.toString());
		}
		return moments;
	}

	// Those who wait for orders elsewhere must not wait for ever.
	private void endOrders() {
		try {
			if (this.exchange != null) {
				this.exchange.end();
			}
		}
		catch (IOException ex) {
			System.err.printf("Injectors elsewhere cannot be told that the run has ended: %s%n", ex);
		}
	}

	private void stop(int cells) {
		ChildProcess.stopForGood();
		endOrders();
		ComposeContainers started = this.containers;
		if (started != null) {
			started.close();
		}
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
