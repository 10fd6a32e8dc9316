package dev.threelanes.report.cell;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Parameters;
import org.HdrHistogram.Histogram;

/**
 * Where the files of one cell lie, and how they are read.
 *
 * @param folder the cell's folder
 */
public record CellFiles(Path folder) {

	private static final String INDEX = "index.html";

	/**
	 * What was asked for and what the runner saw.
	 * @return the file
	 */
	public Path cell() {
		return this.folder.resolve("cell.json");
	}

	/**
	 * What was sampled.
	 * @return the file
	 */
	public Path samples() {
		return this.folder.resolve("samples.csv");
	}

	/**
	 * The generator's latencies of correct answers.
	 * @return the file
	 */
	public Path latency() {
		return this.folder.resolve("latency.hlog");
	}

	/**
	 * The generator's latencies of failures.
	 * @return the file
	 */
	public Path failures() {
		return this.folder.resolve("failures.hlog");
	}

	/**
	 * How late the generator was.
	 * @return the file
	 */
	public Path startLag() {
		return this.folder.resolve("start-lag.hlog");
	}

	/**
	 * How late the generator was woken.
	 * @return the file
	 */
	public Path heartbeat() {
		return this.folder.resolve("heartbeat.hlog");
	}

	/**
	 * The generator's record in bins of time.
	 * @return the file
	 */
	public Path timeline() {
		return this.folder.resolve("timeline.csv");
	}

	/**
	 * The generator's counts by step.
	 * @return the file
	 */
	public Path steps() {
		return this.folder.resolve("steps.csv");
	}

	/**
	 * The generator's record of who was woken, which is there only where somebody waited.
	 * @return the file
	 */
	public Path wakeUps() {
		return this.folder.resolve("wake-ups.csv");
	}

	/**
	 * Whose record this is, which is there only where several generators shared the load.
	 * @return the file
	 */
	public Path injector() {
		return this.folder.resolve("injector.csv");
	}

	/**
	 * What one of several generators recorded by itself, in files of the same names; the
	 * cell's own are the sums of theirs.
	 * @param number its number, from 0
	 * @return its files
	 */
	public CellFiles injector(int number) {
		return new CellFiles(injectors().resolve(Integer.toString(number)));
	}

	private Path injectors() {
		return this.folder.resolve("injectors");
	}

	/**
	 * The folder of the generator's own HTML report.
	 * @return the folder
	 */
	public Path gatling() {
		return this.folder.resolve("gatling");
	}

	/**
	 * The folder of one of several generators' own HTML report.
	 * @param number the generator's number, from 0
	 * @return the folder
	 */
	public Path gatling(int number) {
		return gatling().resolve(Integer.toString(number));
	}

	/**
	 * Where the generators' own HTML reports begin.
	 * @return the pages, as paths inside the cell's folder; none if no generator left one
	 */
	public List<String> gatlingPages() {
		List<String> pages = new ArrayList<>();
		addIfThere(pages, gatling().resolve(INDEX));
		for (int number = 0; Files.isDirectory(gatling(number)); number++) {
			addIfThere(pages, gatling(number).resolve(INDEX));
		}
		return pages;
	}

	private void addIfThere(List<String> names, Path file) {
		if (Files.isRegularFile(file)) {
			names.add(name(file));
		}
	}

	/**
	 * The name of a file of this cell.
	 * @param file the file
	 * @return its path inside the cell's folder, with slashes
	 */
	String name(Path file) {
		return this.folder.relativize(file).toString().replace(File.separatorChar, '/');
	}

	/**
	 * Everything that figures are computed from.
	 * @return the files, {@code cell.json} not among them
	 */
	public List<Path> records() {
		List<Path> records = new ArrayList<>(
				List.of(samples(), latency(), failures(), startLag(), heartbeat(), timeline(), steps()));
		if (Files.exists(wakeUps())) {
			records.add(wakeUps());
		}
		for (int number = 0; Files.isDirectory(injector(number).folder); number++) {
			CellFiles own = injector(number);
			records.add(own.injector());
			own.records().stream().filter(Files::exists).forEach(records::add);
		}
		return records;
	}

	/**
	 * Moves this cell to its place, so that it appears as a whole or not at all.
	 * @param place where it belongs
	 * @return the cell at its place
	 * @throws IOException if it cannot be moved
	 */
	public CellFiles publish(CellFiles place) throws IOException {
		Path parent = place.folder.toAbsolutePath().getParent();
		if (parent != null) {
			Files.createDirectories(parent);
		}
		Files.move(this.folder, place.folder, StandardCopyOption.ATOMIC_MOVE);
		return place;
	}

	/**
	 * Reads everything.
	 * @return the cell
	 * @throws BrokenFileException if a file is missing, truncated, of another schema, or
	 * does not agree with the others
	 */
	public LoadedCell read() throws BrokenFileException {
		Cell cell = Json.read(cell(), Cell.class, Cell.SCHEMA);
		Experiment experiment;
		Parameters parameters;
		try {
			experiment = Catalogue.experiment(cell.experiment()).seenBy(cell.lane());
			parameters = Parameters.of(cell.parameters());
		}
		catch (IllegalArgumentException ex) {
			throw new BrokenFileException(cell(), String.valueOf(ex.getMessage()), ex);
		}
		Contents contents = new Contents();
		Map<String, StepRecord> records = StepRecord.read(contents.of(steps()));
		List<LoadedStep> steps = readSteps(cell, contents, records);
		Samples samples = Samples.read(contents.of(samples()));
		// Last, since what is truncated or missing is better told as that.
		requireUnchanged(cell, contents);
		long warmedUp = cell.warmUp()
			.stream()
			.map((step) -> records.get(step.name()))
			.filter(Objects::nonNull)
			.mapToLong(StepRecord::started)
			.sum();
		return new LoadedCell(cell, experiment, parameters, warmedUp, steps, samples);
	}

	private void requireUnchanged(Cell cell, Contents contents) throws BrokenFileException {
		for (String name : cell.files().keySet()) {
			if (!Files.exists(this.folder.resolve(name))) {
				throw new BrokenFileException(this.folder.resolve(name), "it is missing");
			}
		}
		for (Path file : records()) {
			String sum = cell.files().get(name(file));
			if (sum == null) {
				throw new BrokenFileException(cell(), "it has no checksum of " + name(file));
			}
			if (!sum.equals(contents.of(file).checksum())) {
				throw new BrokenFileException(file,
						"it was changed after it was measured: its SHA-256 is not the one in cell.json");
			}
		}
	}

	private List<LoadedStep> readSteps(Cell cell, Contents contents, Map<String, StepRecord> records)
			throws BrokenFileException {
		Map<String, Timeline> timelines = Timeline.read(contents.of(timeline()));
		Map<String, Histogram> latencies = HistogramLog.read(contents.of(latency()));
		Map<String, Histogram> failures = HistogramLog.readPacked(contents.of(failures()));
		Map<String, Histogram> startLags = HistogramLog.readPacked(contents.of(startLag()));
		Map<String, Histogram> heartbeats = HistogramLog.readPacked(contents.of(heartbeat()));
		Map<String, List<WakeUp>> wakeUps = Files.exists(wakeUps()) ? WakeUp.read(contents.of(wakeUps())) : Map.of();
		Integer shared = cell.injectors();
		List<InjectorRecord> injectors = (shared != null) ? InjectorRecord.readAll(this, contents, shared) : List.of();
		List<LoadedStep> steps = new ArrayList<>();
		for (CellStep step : cell.steps()) {
			StepRecord record = records.get(step.name());
			if (record == null) {
				throw new BrokenFileException(steps(), "the step '%s' is missing".formatted(step.name()));
			}
			String tag = HistogramLog.tag(step.name());
			LoadedStep loaded = new LoadedStep(step, record,
					timelines.getOrDefault(step.name(), new Timeline(List.of())), latencies.getOrDefault(tag, empty()),
					failures(failures, tag), startLags.getOrDefault(tag, empty()),
					heartbeats.getOrDefault(tag, empty()), wakeUps.getOrDefault(step.name(), List.of()),
					injectors.stream().flatMap((injector) -> injector.step(step.name()).stream()).toList());
			requireAgreement(loaded);
			requireSum(loaded);
			steps.add(loaded);
		}
		return steps;
	}

	private void requireAgreement(LoadedStep loaded) throws BrokenFileException {
		String name = loaded.step().name();
		StepRecord record = loaded.record();
		requireCount(latency(), name, loaded.latency().getTotalCount(), record.answered());
		requireCount(failures(), name, loaded.failures().values().stream().mapToLong(Histogram::getTotalCount).sum(),
				record.failed());
		boolean due = loaded.step().open() || !loaded.step().steady();
		requireCount(startLag(), name, loaded.startLag().getTotalCount(), due ? record.started() : 0);
		requireCount(timeline(), name, loaded.timeline().started(), record.started());
		requireCount(timeline(), name, loaded.timeline().answered(), record.answered());
	}

	// What is shown is the sum of what each injector recorded, and nothing else.
	private void requireSum(LoadedStep loaded) throws BrokenFileException {
		List<StepRecord> parts = loaded.injectors().stream().map(InjectorStep::record).toList();
		if (parts.isEmpty()) {
			return;
		}
		String name = loaded.step().name();
		StepRecord whole = loaded.record();
		requireCount(injectors(), name, parts.stream().mapToLong(StepRecord::started).sum(), whole.started());
		requireCount(injectors(), name, parts.stream().mapToLong(StepRecord::answered).sum(), whole.answered());
		requireCount(injectors(), name, parts.stream().mapToLong(StepRecord::failed).sum(), whole.failed());
	}

	private static void requireCount(Path file, String step, long found, long expected) throws BrokenFileException {
		if (found != expected) {
			throw new BrokenFileException(file,
					"the step '%s' has %s records, but steps.csv counts %s".formatted(step, found, expected));
		}
	}

	private static Map<String, Histogram> failures(Map<String, Histogram> all, String tag) {
		Map<String, Histogram> failures = new TreeMap<>();
		all.forEach((name, histogram) -> {
			if (HistogramLog.ofFailure(name, tag)) {
				failures.put(name.substring(tag.length() + 1), histogram);
			}
		});
		return failures;
	}

	private static Histogram empty() {
		return new Histogram(3);
	}

}
