package dev.threelanes.gatling;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

import dev.threelanes.experiments.Share;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The files of a record. Histogram logs have an interval a step, tagged with the step's
 * name; the rest is comma-separated text with a header.
 */
final class RecordFiles {

	private RecordFiles() {
	}

	static void write(Path folder, List<StepRecord> records) throws IOException {
		write(folder.resolve("latency.hlog"), histograms(records, (log, step) -> log.add(step, "", step.latency())));
		write(folder.resolve("failures.hlog"), histograms(records, (log, step) -> step.failures()
			.forEach((failure, histogram) -> log.add(step, "." + failure, histogram))));
		write(folder.resolve("start-lag.hlog"), histograms(records, (log, step) -> log.add(step, "", step.startLag())));
		write(folder.resolve("heartbeat.hlog"),
				histograms(records, (log, step) -> log.add(step, "", step.heartbeat())));
		write(folder.resolve("timeline.csv"), timeline(records));
		if (records.stream().anyMatch((record) -> !record.wakeUps().isEmpty())) {
			write(folder.resolve("wake-ups.csv"), wakeUps(records));
		}
		// Last, since a reader starts from it.
		write(folder.resolve("steps.csv"), steps(records));
	}

	/**
	 * Says whose record this is, where injectors share a load.
	 * @param folder where to
	 * @param share which injector this is
	 * @throws IOException if the file cannot be written
	 */
	static void write(Path folder, Share share) throws IOException {
		write(folder.resolve("injector.csv"),
				"injectors,injector,processors\n%d,%d,%d\n"
					.formatted(share.injectors(), share.injector(), Runtime.getRuntime().availableProcessors())
					.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] histograms(List<StepRecord> records, IntervalSource source) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (Log log = new Log(new HistogramLogWriter(bytes))) {
			for (StepRecord step : records) {
				source.add(log, step);
			}
		}
		return bytes.toByteArray();
	}

	private static byte[] timeline(List<StepRecord> records) {
		StringBuilder csv = new StringBuilder(
				"step,bin,started,answered,failed,answeredOfStarted,latencyMicrosOfStarted\n");
		for (StepRecord step : records) {
			step.timeline()
				.forEach((index,
						bin) -> csv.append(String.format(Locale.ROOT, "%s,%d,%d,%d,%d,%d,%d\n", step.step().name(),
								index, bin.started, bin.answered, bin.failed, bin.answeredOfStarted,
								bin.latencyMicrosOfStarted)));
		}
		return csv.toString().getBytes(StandardCharsets.UTF_8);
	}

	// Without the lane's word there is no count, and an empty field.
	private static byte[] wakeUps(List<StepRecord> records) {
		StringBuilder csv = new StringBuilder("step,wake,sentAtEpochMillis,counted,received,lastMicros\n");
		for (StepRecord step : records) {
			for (WakeUpRecord wakeUp : step.wakeUps()) {
				int counted = wakeUp.sent().counted();
				csv.append(String.format(Locale.ROOT, "%s,%s,%d,%s,%d,%d\n", step.step().name(), wakeUp.sent().wake(),
						wakeUp.sentAtMillis(), (counted != WakeUpRecord.UNKNOWN) ? Integer.toString(counted) : "",
						wakeUp.received(), wakeUp.lastMicros()));
			}
		}
		return csv.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] steps(List<StepRecord> records) {
		StringBuilder csv = new StringBuilder("step,startedAtEpochMillis,lastStartEpochMillis,"
				+ "lastAnswerEpochMillis,started,answered,failed,generatorGcMillis\n");
		for (StepRecord step : records) {
			csv.append(String.format(Locale.ROOT, "%s,%d,%d,%d,%d,%d,%d,%d\n", step.step().name(),
					step.startedAtMillis(), step.lastStartMillis(), step.lastEndMillis(), step.started(),
					step.latency().getTotalCount(), step.failed(), step.collectionMillis()));
		}
		return csv.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static void write(Path file, byte[] content) throws IOException {
		Path part = file.resolveSibling(file.getFileName() + ".part");
		try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.TRUNCATE_EXISTING)) {
			ByteBuffer buffer = ByteBuffer.wrap(content);
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
			channel.force(true);
		}
		Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
	}

	/**
	 * Adds the intervals of a step to a log.
	 */
	@FunctionalInterface
	private interface IntervalSource {

		void add(Log log, StepRecord step);

	}

	/**
	 * A histogram log being written.
	 *
	 * @param writer the library's writer
	 */
	private record Log(HistogramLogWriter writer) implements AutoCloseable {

		Log {
			writer.outputLogFormatVersion();
			writer.outputLegend();
		}

		void add(StepRecord step, String suffix, Histogram histogram) {
			histogram.setStartTimeStamp(step.startedAtMillis());
			histogram.setEndTimeStamp(step.lastEndMillis());
			histogram.setTag(step.step().name().replace(' ', '_') + suffix);
			this.writer.outputIntervalHistogram(histogram);
		}

		@Override
		public void close() {
			this.writer.close();
		}

	}

}
