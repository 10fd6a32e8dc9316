package dev.threelanes.gatling;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * Reads a record as a stranger would: by HdrHistogram's own reader and by commas.
 *
 * @param path the folder
 */
record RecordFolder(Path path) {

	Map<String, Histogram> histograms(String file) throws FileNotFoundException {
		Map<String, Histogram> histograms = new LinkedHashMap<>();
		try (HistogramLogReader reader = new HistogramLogReader(this.path.resolve(file).toFile())) {
			while (reader.nextIntervalHistogram() instanceof Histogram histogram) {
				histograms.put(histogram.getTag(), histogram);
			}
		}
		return histograms;
	}

	List<Map<String, String>> rows(String file) throws IOException {
		List<String> lines = Files.readAllLines(this.path.resolve(file));
		String[] header = lines.getFirst().split(",", -1);
		List<Map<String, String>> rows = new ArrayList<>();
		for (String line : lines.subList(1, lines.size())) {
			String[] fields = line.split(",", -1);
			Map<String, String> row = new LinkedHashMap<>();
			for (int i = 0; i < header.length; i++) {
				row.put(header[i], fields[i]);
			}
			rows.add(row);
		}
		return rows;
	}

	Map<String, String> step(String name) throws IOException {
		return rows("steps.csv").stream().filter((row) -> name.equals(row.get("step"))).findFirst().orElseThrow();
	}

	long timelineSum(String step, String column) throws IOException {
		return rows("timeline.csv").stream()
			.filter((row) -> step.equals(row.get("step")))
			.mapToLong((row) -> number(row, column))
			.sum();
	}

	static long number(Map<String, String> row, String column) {
		String value = row.get(column);
		if (value == null) {
			throw new IllegalArgumentException("no column " + column);
		}
		return Long.parseLong(value);
	}

}
