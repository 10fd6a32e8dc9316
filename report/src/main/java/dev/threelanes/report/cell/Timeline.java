package dev.threelanes.report.cell;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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

	static Map<String, Timeline> read(Content content) throws BrokenFileException {
		Steps steps = new Steps();
		Csv.forEach(content, HEADER, steps);
		Map<String, Timeline> timelines = new LinkedHashMap<>();
		steps.columns.forEach((name, columns) -> timelines.put(name, new Timeline(columns)));
		return timelines;
	}

	/**
	 * The bins in which something happened.
	 * @return the bins in their order
	 */
	public List<Bin> bins() {
		return IntStream.range(0, size())
			.mapToObj((place) -> new Bin(this.index[place], this.started[place], this.answered[place],
					this.failed[place], this.answeredOfStarted[place], this.latencyMicrosOfStarted[place]))
			.toList();
	}

	/**
	 * How many bins there are in which something happened.
	 * @return their number
	 */
	public int size() {
		return this.index.length;
	}

	/**
	 * The number of a bin: it begins {@value #BIN_MILLIS} × as many ms after the step's
	 * first start.
	 * @param place its place among the bins in which something happened, from 0
	 * @return its number
	 */
	public int index(int place) {
		return this.index[place];
	}

	/**
	 * How many correct answers arrived in a bin.
	 * @param place its place among the bins in which something happened, from 0
	 * @return the number of answers
	 */
	public int answered(int place) {
		return this.answered[place];
	}

	/**
	 * How many of the requests started in a bin were answered correctly, whenever.
	 * @param place its place among the bins in which something happened, from 0
	 * @return the number of requests
	 */
	public int answeredOfStarted(int place) {
		return this.answeredOfStarted[place];
	}

	/**
	 * The sum of the latencies of those requests.
	 * @param place the bin's place among the bins in which something happened, from 0
	 * @return microseconds
	 */
	public long latencyMicrosOfStarted(int place) {
		return this.latencyMicrosOfStarted[place];
	}

	/**
	 * How many requests were started.
	 * @return their number
	 */
	public long started() {
		return Arrays.stream(this.started).asLongStream().sum();
	}

	/**
	 * How many correct answers arrived.
	 * @return their number
	 */
	public long answered() {
		return this.answeredBefore[this.answeredBefore.length - 1];
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

	/**
	 * Finds a bin.
	 * @param millis a moment, in milliseconds after the step's first start
	 * @return the place of the first bin that begins then or later, or how many bins
	 * there are if none does
	 */
	public int first(long millis) {
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

		/**
		 * What happened in a bin of two generators' timelines.
		 * @param other the bin of the same number in the other's
		 * @return the sums
		 */
		Bin and(Bin other) {
			return new Bin(this.index, this.started + other.started, this.answered + other.answered,
					this.failed + other.failed, this.answeredOfStarted + other.answeredOfStarted,
					this.latencyMicrosOfStarted + other.latencyMicrosOfStarted);
		}

	}

	/**
	 * The columns of every step. A step's rows follow each other, mostly.
	 */
	private static final class Steps implements Csv.RowReader {

		private final Map<String, Columns> columns = new LinkedHashMap<>();

		private String step = "";

		private Columns current = new Columns();

		@Override
		public void read(Csv.Row row) throws BrokenFileException {
			if (!row.is(0, this.step) || this.columns.isEmpty()) {
				this.step = row.text(0);
				this.current = this.columns.computeIfAbsent(this.step, (name) -> new Columns());
			}
			this.current.add(row.whole(1), row.whole(2), row.whole(3), row.whole(4), row.whole(5), row.integer(6));
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
