package dev.threelanes.report.cell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All samples of a cell in the order in which they were taken: {@code samples.csv}. Kept
 * in columns, as the file has them, since a long run has very many.
 */
public final class Samples {

	private static final String MOMENT = "epochMillis";

	private final long[] moments;

	/** A value for every moment, not a number where it was not measured. */
	private final Map<Metric, double[]> columns = new EnumMap<>(Metric.class);

	private final Map<Metric, Series> series = new EnumMap<>(Metric.class);

	/**
	 * Takes the samples of a cell.
	 * @param samples the samples, in the order in which they were taken
	 */
	public Samples(List<Sample> samples) {
		this.moments = samples.stream().mapToLong(Sample::epochMillis).toArray();
		for (Metric metric : Metric.values()) {
			add(metric, samples.stream().mapToDouble((sample) -> sample.value(metric).orElse(Double.NaN)).toArray());
		}
	}

	private Samples(long[] moments, List<Metric> metrics, double[][] columns) {
		this.moments = moments;
		for (int i = 0; i < columns.length; i++) {
			add(metrics.get(i), columns[i]);
		}
	}

	private void add(Metric metric, double[] column) {
		if (Arrays.stream(column).anyMatch((value) -> !Double.isNaN(value))) {
			this.columns.put(metric, column);
			this.series.put(metric, new Series(this.moments, column));
		}
	}

	/**
	 * All samples.
	 * @return the samples, in the order in which they were taken
	 */
	public List<Sample> samples() {
		List<Sample> samples = new ArrayList<>();
		for (int place = 0; place < this.moments.length; place++) {
			Map<Metric, Double> values = new EnumMap<>(Metric.class);
			for (Map.Entry<Metric, double[]> column : this.columns.entrySet()) {
				if (!Double.isNaN(column.getValue()[place])) {
					values.put(column.getKey(), column.getValue()[place]);
				}
			}
			samples.add(new Sample(this.moments[place], values));
		}
		return samples;
	}

	/**
	 * One metric over time.
	 * @param metric the metric
	 * @return its values
	 */
	public Series series(Metric metric) {
		Series known = this.series.get(metric);
		return (known != null) ? known : new Series(new long[0], new double[0]);
	}

	/**
	 * Writes the file, a column for every metric; what was not measured is an empty
	 * field.
	 * @param file the file
	 * @throws IOException if it cannot be written
	 */
	public void write(Path file) throws IOException {
		StringBuilder text = new StringBuilder(MOMENT);
		for (Metric metric : Metric.values()) {
			text.append(',').append(metric.column());
		}
		text.append('\n');
		for (Sample sample : samples()) {
			text.append(sample.epochMillis());
			for (Metric metric : Metric.values()) {
				text.append(',');
				sample.value(metric).ifPresent((value) -> text.append(text(value)));
			}
			text.append('\n');
		}
		AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Reads the file. A column may be missing, so that files from before a metric existed
	 * stay readable; an unknown one is an error.
	 * @param file the file
	 * @return the samples
	 * @throws BrokenFileException if it is missing, truncated or of another shape
	 */
	public static Samples read(Path file) throws BrokenFileException {
		return read(Content.of(file));
	}

	static Samples read(Content content) throws BrokenFileException {
		Path file = content.file();
		Csv csv = Csv.read(content);
		if (!csv.header().getFirst().equals(MOMENT)) {
			throw new BrokenFileException(file, "its first column is not " + MOMENT);
		}
		List<Metric> metrics = new ArrayList<>();
		for (String column : csv.header().subList(1, csv.header().size())) {
			Metric metric = Metric.ofColumn(column);
			if (metric == null) {
				throw new BrokenFileException(file, "there is no metric '%s'".formatted(column));
			}
			metrics.add(metric);
		}
		long[] moments = new long[csv.rows().size()];
		double[][] values = new double[metrics.size()][moments.length];
		int place = 0;
		for (Csv.Row row : csv.rows()) {
			moments[place] = row.integer(0);
			if (place > 0 && moments[place] < moments[place - 1]) {
				throw new BrokenFileException(file, "its samples are not in the order of time: the clock was set back");
			}
			for (int i = 0; i < metrics.size(); i++) {
				values[i][place] = row.blank(i + 1) ? Double.NaN : row.number(i + 1);
			}
			place++;
		}
		return new Samples(moments, metrics, values);
	}

	private static String text(double value) {
		boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
		return whole ? Long.toString((long) value) : Double.toString(value);
	}

}
