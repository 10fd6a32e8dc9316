package dev.threelanes.report.cell;

import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * A step in bins of {@value #BIN_MILLIS} ms, counted from its first start:
 * {@code timeline.csv}. Kept in columns, since a run of ten million requests has millions
 * of bins.
 */
public final class Timeline {

	/** The width of a bin, in milliseconds. */
	public static final int BIN_MILLIS = 10;

	static final String HEADER = "step,bin,started,answered,failed,answeredOfStarted,latencyMicrosOfStarted";

	private final int[] index;

	private final int[] started;

	private final int[] answered;

	private final int[] failed;

	private final int[] answeredOfStarted;

	private final long[] latencyMicrosOfStarted;

	/** How many answers and failures arrived before each bin, and in all. */
	private final int[] arrivedBefore;

	/** How many answers arrived before each bin, and in all. */
	private final int[] answeredBefore;

	/**
	 * Takes the bins of a step.
	 * @param bins the bins in which something happened, in their order
	 */
	public Timeline(List<Bin> bins) {
		int size = bins.size();
		this.index = new int[size];
		this.started = new int[size];
		this.answered = new int[size];
		this.failed = new int[size];
		this.answeredOfStarted = new int[size];
		this.latencyMicrosOfStarted = new long[size];
		this.arrivedBefore = new int[size + 1];
		this.answeredBefore = new int[size + 1];
		int place = 0;
		for (Bin bin : bins) {
			this.index[place] = bin.index();
			this.started[place] = Math.toIntExact(bin.started());
			this.answered[place] = Math.toIntExact(bin.answered());
			this.failed[place] = Math.toIntExact(bin.failed());
			this.answeredOfStarted[place] = Math.toIntExact(bin.answeredOfStarted());
			this.latencyMicrosOfStarted[place] = bin.latencyMicrosOfStarted();
			this.answeredBefore[place + 1] = this.answeredBefore[place] + this.answered[place];
			this.arrivedBefore[place + 1] = this.arrivedBefore[place] + this.answered[place] + this.failed[place];
			place++;
		}
	}

	static Map<String, Timeline> read(Path file) throws BrokenFileException {
		Map<String, List<Bin>> bins = new LinkedHashMap<>();
		String step = "";
		for (Csv.Row row : Csv.read(file, HEADER).rows()) {
			step = row.text(0, step);
			bins.computeIfAbsent(step, (name) -> new ArrayList<>())
				.add(new Bin(Math.toIntExact(row.integer(1)), row.integer(2), row.integer(3), row.integer(4),
						row.integer(5), row.integer(6)));
		}
		Map<String, Timeline> timelines = new LinkedHashMap<>();
		bins.forEach((name, list) -> timelines.put(name, new Timeline(list)));
		return timelines;
	}

	/**
	 * The bins in which something happened.
	 * @return the bins in their order
	 */
	public List<Bin> bins() {
		return new Bins();
	}

	/**
	 * How many correct answers arrived in a stretch of time, by the bins that begin in
	 * it.
	 * @param fromMillis its begin, in milliseconds after the step's first start
	 * @param toMillis its end, which is not in it any more
	 * @return the number of answers
	 */
	public long answered(long fromMillis, long toMillis) {
		return this.answeredBefore[first(toMillis)] - (long) this.answeredBefore[first(fromMillis)];
	}

	/**
	 * How many correct answers and failures arrived in a stretch of time, by the bins
	 * that begin in it.
	 * @param fromMillis its begin, in milliseconds after the step's first start
	 * @param toMillis its end, which is not in it any more
	 * @return the number of answers and failures
	 */
	public long arrived(long fromMillis, long toMillis) {
		return this.arrivedBefore[first(toMillis)] - (long) this.arrivedBefore[first(fromMillis)];
	}

	// The place of the first bin that begins then or later.
	private int first(long millis) {
		long wanted = Math.ceilDiv(millis, (long) BIN_MILLIS);
		int place = Arrays.binarySearch(this.index, Math.clamp(wanted, Integer.MIN_VALUE, Integer.MAX_VALUE));
		return (place >= 0) ? place : -place - 1;
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

	/**
	 * The columns as bins.
	 */
	private final class Bins extends AbstractList<Bin> implements RandomAccess {

		@Override
		public Bin get(int place) {
			return new Bin(Timeline.this.index[place], Timeline.this.started[place], Timeline.this.answered[place],
					Timeline.this.failed[place], Timeline.this.answeredOfStarted[place],
					Timeline.this.latencyMicrosOfStarted[place]);
		}

		@Override
		public int size() {
			return Timeline.this.index.length;
		}

	}

}
