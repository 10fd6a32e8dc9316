package dev.threelanes.report;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.threelanes.report.cell.AtomicFile;
import dev.threelanes.report.cell.Json;
import dev.threelanes.report.cell.Manifest;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.page.PlainPage;
import dev.threelanes.report.page.PlainPage.Runs.Entry;
import dev.threelanes.report.results.Results;

/**
 * Lists all runs of a folder on one page, from what each says of itself.
 */
public final class RunIndex {

	private RunIndex() {
	}

	/**
	 * Writes the page.
	 * @param folder the folder that holds runs, each in a folder of its own
	 * @return the page
	 * @throws IOException if the folder cannot be read or the page cannot be written; a
	 * run that cannot be read is listed as such
	 */
	public static Path write(Path folder) throws IOException {
		List<Found> found = new ArrayList<>();
		List<String> unreadable = new ArrayList<>();
		for (Path run : runs(folder)) {
			RunFiles files = new RunFiles(run);
			try {
				Manifest manifest = files.readManifest();
				Results results = Json.read(files.results(), Results.class, Results.SCHEMA);
				found.add(new Found(manifest.startedAt(), entry(name(run), manifest, results)));
			}
			catch (IOException ex) {
				unreadable.add("%s: %s".formatted(name(run), ex.getMessage()));
			}
		}
		found.sort(Comparator.comparing(Found::startedAt).reversed());
		Path page = folder.resolve("index.html");
		String html = new PlainPage.Runs(found.stream().map(Found::entry).toList(), unreadable).html();
		AtomicFile.write(page, html.getBytes(StandardCharsets.UTF_8));
		return page;
	}

	private static Entry entry(String folder, Manifest manifest, Results results) {
		String made = "%s, profile %s, settings %s, %s × %s, JDK %s, commit %s".formatted(manifest.startedAt(),
				manifest.profile(), manifest.settings(), manifest.machine().processors(), manifest.machine().cpuModel(),
				manifest.machine().jdk(), (manifest.commit() != null) ? manifest.commit() : "not known");
		String address = URLEncoder.encode(folder, StandardCharsets.UTF_8).replace("+", "%20") + "/index.html";
		return new Entry(manifest.runId(), address, made,
				results.complete() ? "" : "The run is not complete: it was stopped.", results.experiments());
	}

	private static List<Path> runs(Path folder) throws IOException {
		try (Stream<Path> children = Files.list(folder)) {
			return children.filter((child) -> Files.isRegularFile(new RunFiles(child).manifest())).sorted().toList();
		}
	}

	private static String name(Path folder) {
		return String.valueOf(folder.getFileName());
	}

	/**
	 * A run that could be read.
	 *
	 * @param startedAt when it started, an ISO 8601 instant
	 * @param entry how it is listed
	 */
	private record Found(String startedAt, Entry entry) {
	}

}
