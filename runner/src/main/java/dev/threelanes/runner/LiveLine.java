package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import dev.threelanes.experiments.Share;

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
	 * Where one of several generators that share a load says how its part of it goes.
	 * @param log a log of the run
	 * @param injector the generator's number, from 0
	 * @return the file, beside it
	 */
	static Path file(Path log, int injector) {
		return of(file(log), injector);
	}

	private static Path of(Path first, int injector) {
		return (injector == 0) ? first : first.resolveSibling("live-%d.csv".formatted(injector));
	}

	/**
	 * The step with its rate, its 99th percentile and its errors.
	 * @return the text, empty if nothing is known at this moment
	 */
	String text() {
		List<String[]> told = new ArrayList<>();
		for (int injector = 0; injector < Share.MOST && Files.exists(of(this.file, injector)); injector++) {
			String[] fields = fields(of(this.file, injector));
			if (fields.length == COLUMNS && (told.isEmpty() || told.getFirst()[0].equals(fields[0]))) {
				told.add(fields);
			}
		}
		return told.isEmpty() ? "" : text(told);
	}

	private static String[] fields(Path file) {
		try {
			if (Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(FRESH))) {
				return new String[0];
			}
			List<String> lines = Files.readAllLines(file);
			return (lines.size() > 1) ? lines.get(1).split(",", -1) : new String[0];
		}
		catch (IOException ex) {
			// No load runs yet.
			return new String[0];
		}
	}

	// Of several generators the sums, and the 99th percentile of the one that is worst
	// off: it is no figure of a result.
	private static String text(List<String[]> told) {
		OptionalLong p99 = told.stream()
			.map((fields) -> fields[4])
			.filter((text) -> !text.isEmpty())
			.mapToLong(Long::parseLong)
			.max();
		long errors = sum(told, 3);
		return "  %s: %s/s%s  %s %s".formatted(told.getFirst()[0], sum(told, 1),
				p99.isPresent() ? "  p99 %s ms".formatted(p99.getAsLong()) : "", errors,
				(errors == 1) ? "error" : "errors");
	}

	private static long sum(List<String[]> told, int column) {
		return told.stream().mapToLong((fields) -> Long.parseLong(fields[column])).sum();
	}

}
