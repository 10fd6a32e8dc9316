package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the generator says of the load while it runs, in a few words for a terminal.
 *
 * @param file where it says so, once a second
 */
record LiveLine(Path file) {

	private static final int COLUMNS = 5;

	/** What is older was said of another load. */
	private static final Duration FRESH = Duration.ofSeconds(3);

	/**
	 * Where the generator says how the load goes.
	 * @param log a log of the run
	 * @return the file, beside it
	 */
	static Path file(Path log) {
		return log.resolveSibling("live.csv");
	}

	/**
	 * The step with its rate, its 99th percentile and its errors.
	 * @return the text, empty if nothing is known at this moment
	 */
	String text() {
		try {
			if (Files.getLastModifiedTime(this.file).toInstant().isBefore(Instant.now().minus(FRESH))) {
				return "";
			}
			List<String> lines = Files.readAllLines(this.file);
			return (lines.size() > 1) ? text(lines.get(1).split(",", -1)) : "";
		}
		catch (IOException ex) {
			// No load runs yet.
			return "";
		}
	}

	private static String text(String[] fields) {
		if (fields.length != COLUMNS) {
			return "";
		}
		String p99 = fields[4].isEmpty() ? "" : "  p99 %s ms".formatted(fields[4]);
		return "  %s: %s/s%s  %s %s".formatted(fields[0], fields[1], p99, fields[3],
				fields[3].equals("1") ? "error" : "errors");
	}

}
