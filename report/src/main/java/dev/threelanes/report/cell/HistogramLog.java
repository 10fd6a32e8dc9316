package dev.threelanes.report.cell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;

import org.HdrHistogram.Histogram;
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
		int number = 0;
		for (String line : text.lines().toList()) {
			number++;
			if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("\"")) {
				Histogram interval = interval(file, number, line);
				String tag = (interval.getTag() != null) ? interval.getTag() : "";
				histograms.computeIfAbsent(tag, (name) -> empty.get()).add(interval);
			}
		}
		return histograms;
	}

	// "Tag=<step>,<start>,<length>,<longest>,<histogram in Base64>", or the same without
	// a
	// tag. The library's own reader scans with regular expressions, for each line anew.
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
