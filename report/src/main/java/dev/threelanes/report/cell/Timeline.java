package dev.threelanes.report.cell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step in bins of {@value #BIN_MILLIS} ms, counted from its first start:
 * {@code timeline.csv}.
 *
 * @param bins the bins in which something happened, in their order
 */
public record Timeline(List<Bin> bins) {

	/** The width of a bin, in milliseconds. */
	public static final int BIN_MILLIS = 10;

	static final String HEADER = "step,bin,started,answered,failed,answeredOfStarted,latencyMicrosOfStarted";

	public Timeline {
		bins = List.copyOf(bins);
	}

	static Map<String, Timeline> read(Path file) throws BrokenFileException {
		Map<String, List<Bin>> bins = new LinkedHashMap<>();
		for (Csv.Row row : Csv.read(file, HEADER).rows()) {
			bins.computeIfAbsent(row.text(0), (step) -> new ArrayList<>())
				.add(new Bin(Math.toIntExact(row.integer(1)), row.integer(2), row.integer(3), row.integer(4),
						row.integer(5), row.integer(6)));
		}
		Map<String, Timeline> timelines = new LinkedHashMap<>();
		bins.forEach((step, list) -> timelines.put(step, new Timeline(list)));
		return timelines;
	}

	/**
	 * One bin.
	 *
	 * @param index its number; it begins {@value Timeline#BIN_MILLIS} × index ms after
	 * the step's first start
	 * @param started requests started in it
	 * @param answered correct answers that arrived in it
	 * @param failed failures that arrived in it
	 * @param answeredOfStarted how many of the requests started in it were answered
	 * correctly, whenever
	 * @param latencyMicrosOfStarted the sum of their latencies, in microseconds
	 */
	public record Bin(int index, long started, long answered, long failed, long answeredOfStarted,
			long latencyMicrosOfStarted) {
	}

}
