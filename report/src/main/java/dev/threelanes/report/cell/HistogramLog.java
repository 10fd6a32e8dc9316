package dev.threelanes.report.cell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.PackedHistogram;

/**
 * Reads an HdrHistogram log whose intervals carry the name of a step as their tag.
 */
final class HistogramLog {

	private static final int SIGNIFICANT_DIGITS = 3;

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
	 * Reads all intervals; those with the same tag are merged.
	 * @param file the file
	 * @return the histograms by their tag
	 * @throws BrokenFileException if it is missing, truncated or malformed
	 */
	static Map<String, Histogram> read(Path file) throws BrokenFileException {
		return read(file, () -> new Histogram(SIGNIFICANT_DIGITS));
	}

	/**
	 * Reads all intervals into histograms that take little room and more time: a long run
	 * has thousands of them, and most are asked once.
	 * @param file the file
	 * @return the histograms by their tag
	 * @throws BrokenFileException if it is missing, truncated or malformed
	 */
	static Map<String, Histogram> readPacked(Path file) throws BrokenFileException {
		return read(file, () -> new PackedHistogram(SIGNIFICANT_DIGITS));
	}

	private static Map<String, Histogram> read(Path file, Supplier<Histogram> empty) throws BrokenFileException {
		String text;
		try {
			text = Files.readString(file, StandardCharsets.UTF_8);
		}
		catch (NoSuchFileException ex) {
			throw new BrokenFileException(file, "it is missing", ex);
		}
		catch (IOException ex) {
			throw new BrokenFileException(file, "it cannot be read as text", ex);
		}
		if (!text.endsWith("\n")) {
			throw new BrokenFileException(file, "it is truncated: its last line has no end");
		}
		Map<String, Histogram> histograms = new LinkedHashMap<>();
		// The reader ends in silence at a line that it does not understand, so that each
		// is given to it by itself.
		int number = 0;
		for (String line : text.lines().toList()) {
			number++;
			if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("\"")) {
				EncodableHistogram interval = interval(file, number, line);
				String tag = (interval.getTag() != null) ? interval.getTag() : "";
				histograms.computeIfAbsent(tag, (name) -> empty.get()).add((Histogram) interval);
			}
		}
		return histograms;
	}

	private static EncodableHistogram interval(Path file, int number, String line) throws BrokenFileException {
		try (HistogramLogReader reader = new HistogramLogReader(
				new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)))) {
			EncodableHistogram interval = reader.nextIntervalHistogram();
			if (interval != null) {
				return interval;
			}
		}
		catch (RuntimeException ex) {
			throw new BrokenFileException(file, "line %s is truncated or malformed".formatted(number), ex);
		}
		throw new BrokenFileException(file, "line %s is truncated or malformed".formatted(number));
	}

}
