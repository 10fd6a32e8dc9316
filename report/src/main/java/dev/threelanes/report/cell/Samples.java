package dev.threelanes.report.cell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All samples of a cell in the order in which they were taken: {@code samples.csv}.
 *
 * @param samples the samples
 */
public record Samples(List<Sample> samples) {

	private static final String MOMENT = "epochMillis";

	public Samples {
		samples = List.copyOf(samples);
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
		for (Sample sample : this.samples) {
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
		Csv csv = Csv.read(file);
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
		List<Sample> samples = new ArrayList<>();
		for (Csv.Row row : csv.rows()) {
			Map<Metric, Double> values = new EnumMap<>(Metric.class);
			for (int i = 0; i < metrics.size(); i++) {
				if (!row.text(i + 1).isEmpty()) {
					values.put(metrics.get(i), row.number(i + 1));
				}
			}
			samples.add(new Sample(row.integer(0), values));
		}
		return new Samples(samples);
	}

	private static String text(double value) {
		boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
		return whole ? Long.toString((long) value) : Double.toString(value);
	}

}
