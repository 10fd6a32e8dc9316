package dev.threelanes.report.cell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

import dev.threelanes.experiments.Share;
import org.HdrHistogram.Histogram;

/**
 * Puts the records of injectors that shared a load together into one, as if a single
 * generator had made it: counts add up, histograms add up bin by bin, and so do the bins
 * of the timelines, which count from the same moment.
 */
public final class InjectorMerge {

	private final CellFiles cell;

	private final List<InjectorRecord> injectors;

	private InjectorMerge(CellFiles cell, List<InjectorRecord> injectors) {
		this.cell = cell;
		this.injectors = injectors;
	}

	/**
	 * Merges the records below a cell's folder into the folder itself.
	 * @param cell the cell
	 * @return how many injectors there were
	 * @throws BrokenFileException if a record is missing, broken, or does not belong to
	 * the others
	 * @throws IOException if the merged record cannot be written
	 */
	public static int write(CellFiles cell) throws BrokenFileException, IOException {
		int count = InjectorRecord.count(cell);
		if (count < 1 || count > Share.MOST) {
			throw new BrokenFileException(cell.injector(0).injector(),
					"injectors must be between 1 and %d, not %d".formatted(Share.MOST, count));
		}
		InjectorMerge merge = new InjectorMerge(cell, InjectorRecord.readAll(cell, new Contents(), count));
		Map<String, StepRecord> steps = merge.steps();
		merge.histograms(steps, CellFiles::latency, String::equals);
		merge.histograms(steps, CellFiles::failures, HistogramLog::ofFailure);
		merge.histograms(steps, CellFiles::startLag, String::equals);
		merge.histograms(steps, CellFiles::heartbeat, String::equals);
		merge.timeline(steps);
		// Last, since a reader starts from it.
		write(cell.steps(), StepRecord.HEADER, steps.values().stream().map(InjectorMerge::row).toList());
		return count;
	}

	private Map<String, StepRecord> steps() throws BrokenFileException {
		Map<String, StepRecord> merged = new LinkedHashMap<>();
		for (InjectorRecord injector : this.injectors) {
			for (StepRecord step : injector.steps().values()) {
				StepRecord before = merged.get(step.step());
				if (before != null && before.startedAtEpochMillis() != step.startedAtEpochMillis()) {
					throw new BrokenFileException(injector.files().steps(),
							"the step '%s' began %d ms from where it did on injector 0".formatted(step.step(),
									Math.abs(step.startedAtEpochMillis() - before.startedAtEpochMillis())));
				}
				merged.put(step.step(), (before != null) ? before.and(step) : step);
			}
		}
		// A step may be missing in the first record, and nowhere in time.
		Map<String, StepRecord> inOrder = new LinkedHashMap<>();
		merged.values()
			.stream()
			.sorted((one, other) -> Long.compare(one.startedAtEpochMillis(), other.startedAtEpochMillis()))
			.forEach((step) -> inOrder.put(step.step(), step));
		return inOrder;
	}

	private void histograms(Map<String, StepRecord> steps, Function<CellFiles, Path> file,
			BiPredicate<String, String> ofStep) throws BrokenFileException, IOException {
		Map<String, Histogram> merged = new TreeMap<>();
		for (InjectorRecord injector : this.injectors) {
			HistogramLog.read(Content.of(file.apply(injector.files())))
				.forEach((tag, histogram) -> merged.merge(tag, histogram, InjectorMerge::sum));
		}
		List<Histogram> intervals = new ArrayList<>();
		for (StepRecord step : steps.values()) {
			String own = HistogramLog.tag(step.step());
			merged.forEach((tag, histogram) -> {
				if (ofStep.test(tag, own)) {
					histogram.setTag(tag);
					histogram.setStartTimeStamp(step.startedAtEpochMillis());
					histogram.setEndTimeStamp(step.lastAnswerEpochMillis());
					intervals.add(histogram);
				}
			});
		}
		HistogramLog.write(file.apply(this.cell), intervals);
	}

	private void timeline(Map<String, StepRecord> steps) throws BrokenFileException, IOException {
		Map<String, TreeMap<Integer, Timeline.Bin>> merged = new LinkedHashMap<>();
		steps.keySet().forEach((step) -> merged.put(step, new TreeMap<>()));
		for (InjectorRecord injector : this.injectors) {
			Timeline.read(Content.of(injector.files().timeline())).forEach((step, timeline) -> {
				TreeMap<Integer, Timeline.Bin> bins = merged.computeIfAbsent(step, (name) -> new TreeMap<>());
				timeline.bins().forEach((bin) -> bins.merge(bin.index(), bin, Timeline.Bin::and));
			});
		}
		List<String> rows = new ArrayList<>();
		merged.forEach((step, bins) -> bins.values()
			.forEach((bin) -> rows.add("%s,%d,%d,%d,%d,%d,%d".formatted(step, bin.index(), bin.started(),
					bin.answered(), bin.failed(), bin.answeredOfStarted(), bin.latencyMicrosOfStarted()))));
		write(this.cell.timeline(), Timeline.HEADER, rows);
	}

	private static Histogram sum(Histogram one, Histogram other) {
		one.add(other);
		return one;
	}

	private static String row(StepRecord step) {
		return "%s,%d,%d,%d,%d,%d,%d,%d".formatted(step.step(), step.startedAtEpochMillis(),
				step.lastStartEpochMillis(), step.lastAnswerEpochMillis(), step.started(), step.answered(),
				step.failed(), step.generatorGcMillis());
	}

	private static void write(Path file, String header, List<String> rows) throws IOException {
		StringBuilder text = new StringBuilder(header).append('\n');
		rows.forEach((row) -> text.append(row).append('\n'));
		AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
	}

}
