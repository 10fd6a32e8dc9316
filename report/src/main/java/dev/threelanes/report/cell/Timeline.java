package dev.threelanes.report.cell;

import java.nio.file.Path;
import java.util.AbstractList;
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
		this(Columns.of(bins));
	}

	private Timeline(Columns columns) {
		int size = columns.size;
		this.index = Arrays.copyOf(columns.index, size);
		this.started = Arrays.copyOf(columns.started, size);
		this.answered = Arrays.copyOf(columns.answered, size);
		this.failed = Arrays.copyOf(columns.failed, size);
		this.answeredOfStarted = Arrays.copyOf(columns.answeredOfStarted, size);
		this.latencyMicrosOfStarted = Arrays.copyOf(columns.latencyMicrosOfStarted, size);
		this.arrivedBefore = new int[size + 1];
		this.answeredBefore = new int[size + 1];
		for (int place = 0; place < size; place++) {
			this.answeredBefore[place + 1] = this.answeredBefore[place] + this.answered[place];
			this.arrivedBefore[place + 1] = this.arrivedBefore[place] + this.answered[place] + this.failed[place];
		}
	}

	static Map<String, Timeline> read(Path file) throws BrokenFileException {
		Map<String, Columns> steps = new LinkedHashMap<>();
		String[] step = { "" };
		Csv.forEach(file, HEADER, (row) -> {
			step[0] = row.text(0, step[0]);
			steps.computeIfAbsent(step[0], (name) -> new Columns())
				.add(row.whole(1), row.whole(2), row.whole(3), row.whole(4), row.whole(5), row.integer(6));
		});
		Map<String, Timeline> timelines = new LinkedHashMap<>();
		steps.forEach((name, columns) -> timelines.put(name, new Timeline(columns)));
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

	/**
	 * Columns that grow.
	 */
	private static final class Columns {

		private static final int FIRST = 1024;

		private int size;

		private int[] index = new int[FIRST];

		private int[] started = new int[FIRST];

		private int[] answered = new int[FIRST];

		private int[] failed = new int[FIRST];

		private int[] answeredOfStarted = new int[FIRST];

		private long[] latencyMicrosOfStarted = new long[FIRST];

		static Columns of(List<Bin> bins) {
			Columns columns = new Columns();
			bins.forEach((bin) -> columns.add(bin.index(), Math.toIntExact(bin.started()),
					Math.toIntExact(bin.answered()), Math.toIntExact(bin.failed()),
					Math.toIntExact(bin.answeredOfStarted()), bin.latencyMicrosOfStarted()));
			return columns;
		}

		void add(int index, int started, int answered, int failed, int answeredOfStarted, long latencyMicrosOfStarted) {
			if (this.size == this.index.length) {
				grow(2 * this.size);
			}
			this.index[this.size] = index;
			this.started[this.size] = started;
			this.answered[this.size] = answered;
			this.failed[this.size] = failed;
			this.answeredOfStarted[this.size] = answeredOfStarted;
			this.latencyMicrosOfStarted[this.size] = latencyMicrosOfStarted;
			this.size++;
		}

		private void grow(int length) {
			this.index = Arrays.copyOf(this.index, length);
			this.started = Arrays.copyOf(this.started, length);
			this.answered = Arrays.copyOf(this.answered, length);
			this.failed = Arrays.copyOf(this.failed, length);
			this.answeredOfStarted = Arrays.copyOf(this.answeredOfStarted, length);
			this.latencyMicrosOfStarted = Arrays.copyOf(this.latencyMicrosOfStarted, length);
		}

	}

}
