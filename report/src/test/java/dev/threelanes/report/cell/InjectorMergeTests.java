package dev.threelanes.report.cell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.simulation.SimulatedCell;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InjectorMergeTests {

	private static final long BEGIN = 1_772_000_000_000L;

	private static final List<String> STEPS = List.of("warm-up", "0.25 x T/D", "0.50 x T/D");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7 })
	void mergedRecordIsTheOneThatASingleGeneratorWouldHaveMade(int injectors) throws Exception {
		List<Request> requests = requests();
		CellFiles whole = new CellFiles(this.folder.resolve("whole"));
		write(whole, requests, 1, 0);
		CellFiles merged = new CellFiles(this.folder.resolve("merged"));
		for (int injector = 0; injector < injectors; injector++) {
			int own = injector;
			write(merged.injector(injector),
					requests.stream().filter((request) -> request.number() % injectors == own).toList(), injectors,
					injector);
		}
		assertThat(InjectorMerge.write(merged)).isEqualTo(injectors);
		assertThat(merged.steps()).hasSameTextualContentAs(whole.steps());
		assertThat(merged.timeline()).hasSameTextualContentAs(whole.timeline());
		assertSameBins(merged.latency(), whole.latency());
		assertSameBins(merged.failures(), whole.failures());
		assertSameBins(merged.startLag(), whole.startLag());
		assertSameBins(merged.heartbeat(), whole.heartbeat());
	}

	@Test
	void mergingTwiceGivesTheSameBytes() throws Exception {
		CellFiles merged = new CellFiles(this.folder);
		for (int injector = 0; injector < 2; injector++) {
			write(merged.injector(injector), requests(), 2, injector);
		}
		InjectorMerge.write(merged);
		Map<String, byte[]> before = contents(merged);
		InjectorMerge.write(merged);
		assertThat(contents(merged)).usingRecursiveComparison().isEqualTo(before);
	}

	@Test
	void aStepThatAnInjectorHasNoUserOfIsMergedNonetheless() throws Exception {
		CellFiles merged = new CellFiles(this.folder);
		write(merged.injector(0), requests().stream().filter((request) -> !request.step().equals("warm-up")).toList(),
				2, 0);
		write(merged.injector(1), requests(), 2, 1);
		InjectorMerge.write(merged);
		Map<String, StepRecord> steps = StepRecord.read(Content.of(merged.steps()));
		assertThat(steps.keySet()).containsExactlyElementsOf(STEPS);
		assertThat(steps.get("0.50 x T/D")).extracting(StepRecord::started).isEqualTo(2 * 1000L);
		assertThat(steps.get("warm-up")).extracting(StepRecord::started).isEqualTo(1000L);
	}

	@Test
	void whenARecordIsMissingNamesIt() throws Exception {
		CellFiles merged = new CellFiles(this.folder);
		write(merged.injector(0), requests(), 3, 0);
		write(merged.injector(2), requests(), 3, 2);
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> InjectorMerge.write(merged))
			.withMessageContaining("injector.csv")
			.withMessageContaining("missing");
		write(merged.injector(1), requests(), 3, 2);
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> InjectorMerge.write(merged))
			.withMessageContaining("it is of injector 2 of 3, not of injector 1 of 3");
		write(merged.injector(1), requests(), 3, 1);
		write(merged.injector(3), requests(), 3, 2);
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> InjectorMerge.write(merged))
			.withMessageContaining("it is one too many: 3 injectors shared the load");
		assertThat(merged.steps()).doesNotExist();
	}

	@Test
	void whenStepsDidNotBeginTogetherRefuses() throws Exception {
		CellFiles merged = new CellFiles(this.folder);
		write(merged.injector(0), requests(), 2, 0);
		write(merged.injector(1), requests(), 2, 1);
		Path steps = merged.injector(1).steps();
		Files.writeString(steps, Files.readString(steps)
			.replace("0.25 x T/D," + begin("0.25 x T/D"), "0.25 x T/D," + (begin("0.25 x T/D") + 30)));
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> InjectorMerge.write(merged))
			.withMessageContaining("the step '0.25 x T/D' began 30 ms from where it did on injector 0");
	}

	@Test
	void aCellOfSeveralInjectorsIsReadWithEachOfThem() throws Exception {
		CellFiles cell = shared();
		LoadedCell loaded = cell.read();
		assertThat(loaded.steps())
			.allSatisfy((step) -> assertThat(step.injectors()).singleElement().satisfies((injector) -> {
				assertThat(injector.number()).isEqualTo(1);
				assertThat(injector.record()).isEqualTo(step.record());
				assertThat(injector.heartbeat()).isEqualTo(step.heartbeat());
				assertThat(injector.processors()).isEqualTo(4);
			}));
		assertThat(loaded.cell().files()).containsKey("injectors/1/latency.hlog");
	}

	@Test
	void whenTheRecordOfAnInjectorWasChangedSaysSo() throws Exception {
		CellFiles cell = shared();
		Path lag = cell.injector(1).startLag();
		Files.writeString(lag, Files.readString(lag) + "#\n");
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(cell::read)
			.withMessageContaining("start-lag.hlog")
			.withMessageContaining("it was changed after it was measured");
	}

	@Test
	void whenTheSumIsNotThatOfTheInjectorsSaysSo() throws Exception {
		CellFiles cell = shared();
		Path steps = cell.injector(1).steps();
		List<String> rows = new ArrayList<>(Files.readAllLines(steps));
		String[] last = rows.getLast().split(",");
		last[4] = Long.toString(Long.parseLong(last[4]) + 1);
		rows.set(rows.size() - 1, String.join(",", last));
		Files.write(steps, rows);
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(cell::read)
			.withMessageContaining("the step '2.00 x T/D' has " + last[4] + " records, but steps.csv counts");
	}

	// A cell that two injectors shared, of whom the first had nobody to send.
	private CellFiles shared() throws IOException {
		RunFiles run = new RunFiles(this.folder);
		CellFiles cell = SimulatedCell.of("slow-call", Lane.LOOM, 1).write(run);
		write(cell.injector(0), List.of(), 2, 0);
		Files.createDirectories(cell.injector(1).folder());
		for (Path file : List.of(cell.latency(), cell.failures(), cell.startLag(), cell.heartbeat(), cell.timeline(),
				cell.steps())) {
			Files.copy(file, cell.injector(1).folder().resolve(file.getFileName()));
		}
		Files.writeString(cell.injector(1).injector(), "injectors,injector,processors\n2,1,4\n");
		Map<String, Histogram> before = HistogramLog.read(Content.of(cell.latency()));
		InjectorMerge.write(cell);
		assertThat(HistogramLog.read(Content.of(cell.latency()))).isEqualTo(before);
		Json.write(cell.cell(), Json.read(cell.cell(), Cell.class, Cell.SCHEMA).sharedBy(2, Checksums.of(cell)));
		return cell;
	}

	private static List<Request> requests() {
		Random random = new Random(7);
		List<Request> requests = new ArrayList<>();
		for (String step : STEPS) {
			IntStream.range(0, 1000)
				.mapToObj((number) -> new Request(step, number, random.nextInt(3_000_000),
						1 + random.nextInt(2_000_000), random.nextInt(40) == 0, random.nextInt(5000)))
				.forEach(requests::add);
		}
		return requests;
	}

	private static long begin(String step) {
		return BEGIN + 10_000L * STEPS.indexOf(step);
	}

	// As the generator writes it: time counts from the begin of a step.
	private static void write(CellFiles files, List<Request> requests, int injectors, int injector) throws IOException {
		Files.createDirectories(files.folder());
		Files.writeString(files.injector(), "injectors,injector,processors\n%d,%d,2\n".formatted(injectors, injector));
		Map<String, Histogram> latency = new LinkedHashMap<>();
		Map<String, Histogram> failures = new LinkedHashMap<>();
		Map<String, Histogram> lag = new LinkedHashMap<>();
		List<String> timeline = new ArrayList<>(List.of(Timeline.HEADER));
		List<String> rows = new ArrayList<>(List.of(StepRecord.HEADER));
		for (String step : STEPS) {
			List<Request> own = requests.stream().filter((request) -> request.step().equals(step)).toList();
			if (own.isEmpty()) {
				continue;
			}
			String tag = HistogramLog.tag(step);
			Map<Integer, long[]> bins = new TreeMap<>();
			for (Request request : own) {
				record((request.fails() ? failures : latency), request.fails() ? tag + ".status-503" : tag,
						request.latencyMicros());
				record(lag, tag, request.lagMicros());
				long[] start = bins.computeIfAbsent(request.startMicros() / 10_000, (index) -> new long[5]);
				start[0]++;
				long[] end = bins.computeIfAbsent((request.startMicros() + request.latencyMicros()) / 10_000,
						(index) -> new long[5]);
				end[request.fails() ? 2 : 1]++;
				start[3] += request.fails() ? 0 : 1;
				start[4] += request.fails() ? 0 : request.latencyMicros();
			}
			bins.forEach((index, bin) -> timeline
				.add("%s,%d,%d,%d,%d,%d,%d".formatted(step, index, bin[0], bin[1], bin[2], bin[3], bin[4])));
			long failed = own.stream().filter(Request::fails).count();
			long lastStart = own.stream().mapToLong(Request::startMicros).max().orElseThrow();
			long lastEnd = own.stream()
				.mapToLong((request) -> request.startMicros() + request.latencyMicros())
				.max()
				.orElseThrow();
			rows.add("%s,%d,%d,%d,%d,%d,%d,%d".formatted(step, begin(step), begin(step) + lastStart / 1000,
					begin(step) + lastEnd / 1000, own.size(), own.size() - failed, failed, 3));
		}
		HistogramLog.write(files.latency(), List.copyOf(latency.values()));
		HistogramLog.write(files.failures(), List.copyOf(failures.values()));
		HistogramLog.write(files.startLag(), List.copyOf(lag.values()));
		HistogramLog.write(files.heartbeat(), List.copyOf(lag.values()));
		Files.write(files.timeline(), timeline, StandardCharsets.UTF_8);
		Files.write(files.steps(), rows, StandardCharsets.UTF_8);
	}

	private static void record(Map<String, Histogram> histograms, String tag, long micros) {
		histograms.computeIfAbsent(tag, (name) -> {
			Histogram histogram = new Histogram(3);
			histogram.setTag(name);
			return histogram;
		}).recordValue(micros);
	}

	private static void assertSameBins(Path merged, Path whole) throws BrokenFileException {
		Map<String, Histogram> expected = HistogramLog.read(Content.of(whole));
		assertThat(expected).isNotEmpty();
		assertThat(HistogramLog.read(Content.of(merged))).isEqualTo(expected);
	}

	private static Map<String, byte[]> contents(CellFiles cell) throws IOException {
		Map<String, byte[]> contents = new TreeMap<>();
		try (Stream<Path> files = Files.list(cell.folder())) {
			for (Path file : files.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList()) {
				contents.put(file.toString(), Files.readAllBytes(file));
			}
		}
		assertThat(contents).hasSize(6);
		return contents;
	}

	/**
	 * A request of a step.
	 *
	 * @param step the step's name
	 * @param number its number in the step
	 * @param startMicros when it started, after the step's beginning
	 * @param latencyMicros how long it took
	 * @param fails whether it failed
	 * @param lagMicros how late it started
	 */
	private record Request(String step, int number, int startMicros, int latencyMicros, boolean fails, int lagMicros) {
	}

}
