package dev.threelanes.report.cell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.HdrHistogram.PackedHistogram;

/**
 * Reads an HdrHistogram log whose intervals carry the name of a step as their tag.
 */
final class HistogramLog {

	private static final int SIGNIFICANT_DIGITS = 3;

	private static final String TAG = "Tag=";

	private HistogramLog() {
	}

	/**
	 * The tag of a step, since a tag has neither spaces nor commas.
	 * @param step the step's name
	 * @return the tag
	 */
	static String tag(String step) {
		return step.replace(' ', '_').replace(',', '_');
	}

	/**
	 * Whether an interval holds failures of a step: its tag is the step's, a dot and
	 * their class.
	 * @param tag the interval's tag
	 * @param step the step's tag
	 * @return {@code true} if so
	 */
	static boolean ofFailure(String tag, String step) {
		int dot = tag.lastIndexOf('.');
		return dot >= 0 && tag.substring(0, dot).equals(step);
	}

	/**
	 * Reads all intervals; those with the same tag are merged.
	 * @param content what the file holds
	 * @return the histograms by their tag
	 * @throws BrokenFileException if it is truncated or malformed
	 */
	static Map<String, Histogram> read(Content content) throws BrokenFileException {
		return read(content, () -> new Histogram(SIGNIFICANT_DIGITS));
	}

	/**
	 * Reads all intervals into histograms that take little room and more time: a long run
	 * has thousands of them, and most are asked once.
	 * @param content what the file holds
	 * @return the histograms by their tag
	 * @throws BrokenFileException if it is truncated or malformed
	 */
	static Map<String, Histogram> readPacked(Content content) throws BrokenFileException {
		return read(content, () -> new PackedHistogram(SIGNIFICANT_DIGITS));
	}

	/**
	 * Writes a histogram an interval.
	 * @param file the file
	 * @param histograms the histograms in their order, each with its tag and time
	 * @throws IOException if it cannot be written
	 */
	static void write(Path file, List<Histogram> histograms) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		HistogramLogWriter writer = new HistogramLogWriter(bytes);
		writer.outputLogFormatVersion();
		writer.outputLegend();
		histograms.forEach(writer::outputIntervalHistogram);
		writer.close();
		AtomicFile.write(file, bytes.toByteArray());
	}

	private static Map<String, Histogram> read(Content content, Supplier<Histogram> empty) throws BrokenFileException {
		Map<String, Histogram> histograms = new LinkedHashMap<>();
		int number = 0;
		for (String line : content.text().lines().toList()) {
			number++;
			if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("\"")) {
				Histogram interval = interval(content.file(), number, line);
				String tag = (interval.getTag() != null) ? interval.getTag() : "";
				histograms.computeIfAbsent(tag, (name) -> empty.get()).add(interval);
			}
		}
		return histograms;
	}

	// A line is "Tag=<step>,<start>,<length>,<longest>,<histogram in Base64>", the tag
	// being optional. The library's own reader scans each with regular expressions.
	private static Histogram interval(Path file, int number, String line) throws BrokenFileException {
		try {
			Histogram interval = Histogram.decodeFromCompressedByteBuffer(
					ByteBuffer.wrap(Base64.getDecoder().decode(line.substring(line.lastIndexOf(',') + 1))), 0);
			if (line.startsWith(TAG)) {
				interval.setTag(line.substring(TAG.length(), line.indexOf(',')));
			}
			return interval;
		}
		catch (DataFormatException | RuntimeException ex) {
			throw new BrokenFileException(file, "line %s is truncated or malformed".formatted(number), ex);
		}
	}

}
