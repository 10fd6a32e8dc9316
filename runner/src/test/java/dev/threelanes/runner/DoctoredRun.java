package dev.threelanes.runner;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.Checksums;
import dev.threelanes.report.cell.RunFiles;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A copy of a recorded run in which a test commits a violation and then covers its
 * traces: the checksums fit again, so that the rule in question must find it and not the
 * seal.
 */
final class DoctoredRun {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final RunFiles files;

	private DoctoredRun(Path folder) {
		this.files = new RunFiles(folder);
	}

	static DoctoredRun copyOf(Path run, Path folder) throws IOException {
		copy(run, folder);
		return new DoctoredRun(folder);
	}

	Path folder() {
		return this.files.folder();
	}

	CellFiles cell(String lane) {
		return cell("slow-call", lane, 1);
	}

	CellFiles cell(String experiment, String lane, int fork) {
		return this.files.cell(experiment, lane, fork);
	}

	// Copies a cell to another place, as if it had been measured there too.
	CellFiles repeat(String lane, String experiment, String as, int fork) throws IOException {
		CellFiles copy = cell(experiment, as, fork);
		copy(cell(lane).folder(), copy.folder());
		json(copy.cell(), (cell) -> {
			cell.put("experiment", experiment);
			cell.put("lane", as);
			cell.put("fork", fork);
			// After everything else, and for an hour at most.
			long hours = 24L * experiment.length() + 10L * as.length() + fork;
			cell.put("startedAt", later(cell, "startedAt", hours));
			cell.put("endedAt", later(cell, "endedAt", hours));
		});
		return copy;
	}

	void remove(String experiment) throws IOException {
		try (Stream<Path> tree = Files.walk(this.files.folder().resolve("cells").resolve(experiment))) {
			for (Path path : tree.sorted((left, right) -> right.compareTo(left)).toList()) {
				Files.delete(path);
			}
		}
	}

	void json(Path file, Consumer<ObjectNode> change) throws IOException {
		ObjectNode node = (ObjectNode) JSON.readTree(Files.readString(file));
		change.accept(node);
		Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node));
	}

	// Changes rows of a file; the row is given with its columns by name.
	void rows(Path file, Consumer<Map<String, String>> change) throws IOException {
		List<String> lines = Files.readAllLines(file);
		String[] columns = lines.getFirst().split(",", -1);
		List<String> changed = new ArrayList<>(List.of(lines.getFirst()));
		for (String line : lines.subList(1, lines.size())) {
			String[] values = line.split(",", -1);
			Map<String, String> row = new LinkedHashMap<>();
			for (int i = 0; i < columns.length; i++) {
				row.put(columns[i], values[i]);
			}
			change.accept(row);
			changed.add(String.join(",", row.values()));
		}
		Files.writeString(file, String.join("\n", changed) + "\n");
	}

	// Changes a column of numbers, where it has one.
	void column(Path file, String column, UnaryOperator<Double> change) throws IOException {
		rows(file, (row) -> row.computeIfPresent(column,
				(name, value) -> value.isEmpty() ? value : Double.toString(change.apply(Double.parseDouble(value)))));
	}

	// Changes the histograms of a log.
	void histograms(Path file, UnaryOperator<Histogram> change) throws IOException {
		List<Histogram> histograms = new ArrayList<>();
		try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
			EncodableHistogram next = reader.nextIntervalHistogram();
			while (next != null) {
				Histogram changed = change.apply((Histogram) next);
				changed.setTag(next.getTag());
				histograms.add(changed);
				next = reader.nextIntervalHistogram();
			}
		}
		log(file, histograms);
	}

	// Moves answers of a step to another class of failure, everywhere where they count.
	void fail(String lane, String step, String failure, int requests) throws IOException {
		CellFiles cell = cell(lane);
		String tag = step.replace(' ', '_');
		histograms(cell.latency(),
				(histogram) -> tag.equals(histogram.getTag()) ? without(histogram, requests) : histogram);
		Histogram failed = new Histogram(3);
		failed.recordValueWithCount(1000, requests);
		failed.setTag(tag + "." + failure);
		log(cell.failures(), List.of(failed));
		rows(cell.steps(), (row) -> {
			if (step.equals(row.get("step"))) {
				row.compute("answered", (name, value) -> minus(value, requests));
				row.compute("failed", (name, value) -> minus(value, -requests));
			}
		});
		forget(cell, step, requests);
	}

	// Lets answers of a step never have come.
	void lose(String lane, String step, int requests) throws IOException {
		CellFiles cell = cell(lane);
		String tag = step.replace(' ', '_');
		histograms(cell.latency(),
				(histogram) -> tag.equals(histogram.getTag()) ? without(histogram, requests) : histogram);
		rows(cell.steps(), (row) -> {
			if (step.equals(row.get("step"))) {
				row.compute("answered", (name, value) -> minus(value, requests));
			}
		});
		forget(cell, step, requests);
	}

	// Makes the checksums fit again.
	DoctoredRun seal() throws IOException {
		Map<String, String> sums = new LinkedHashMap<>();
		for (RunFiles.Place place : this.files.cells()) {
			CellFiles cell = this.files.cell(place.experiment(), place.lane(), place.fork());
			json(cell.cell(), (node) -> {
				ObjectNode files = node.putObject("files");
				try {
					Checksums.of(cell).forEach(files::put);
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			sums.put(place.toString(), Checksums.of(cell.cell()));
		}
		json(this.files.manifest(), (node) -> {
			ObjectNode cells = node.putObject("cells");
			sums.forEach(cells::put);
		});
		return this;
	}

	private void forget(CellFiles cell, String step, int requests) throws IOException {
		int[] left = { requests };
		rows(cell.timeline(), (row) -> {
			if (step.equals(row.get("step"))) {
				int answered = Integer.parseInt(String.valueOf(row.get("answered")));
				int taken = Math.min(left[0], answered);
				row.put("answered", Integer.toString(answered - taken));
				left[0] -= taken;
			}
		});
	}

	private static String later(ObjectNode cell, String field, long hours) {
		return Instant.parse(cell.path(field).asString()).plusSeconds(3600 * hours).toString();
	}

	private static String minus(String value, int requests) {
		return Long.toString(Long.parseLong(value) - requests);
	}

	private static Histogram without(Histogram histogram, int requests) {
		Histogram less = new Histogram(3);
		long kept = histogram.getTotalCount() - requests;
		for (var value : histogram.recordedValues()) {
			long count = Math.min(kept - less.getTotalCount(), value.getCountAtValueIteratedTo());
			if (count > 0) {
				less.recordValueWithCount(value.getValueIteratedTo(), count);
			}
		}
		return less;
	}

	private static void log(Path file, List<Histogram> histograms) throws IOException {
		try (PrintStream stream = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
			HistogramLogWriter writer = new HistogramLogWriter(stream);
			writer.outputLogFormatVersion();
			writer.outputLegend();
			histograms.forEach(writer::outputIntervalHistogram);
		}
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> tree = Files.walk(from)) {
			for (Path path : tree.toList()) {
				Path target = to.resolve(from.relativize(path).toString());
				if (Files.isDirectory(path)) {
					Files.createDirectories(target);
				}
				else {
					Files.write(target, Arrays.copyOf(Files.readAllBytes(path), (int) Files.size(path)));
				}
			}
		}
	}

}
