package dev.threelanes.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.threelanes.report.cell.AtomicFile;
import dev.threelanes.report.cell.Json;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.page.Page;
import dev.threelanes.report.results.Results;

/**
 * Turns a run's files into {@code results.json} and {@code index.html}. The same files
 * give the same bytes, whenever and wherever.
 */
public final class Report {

	private Report() {
	}

	/**
	 * Reads a run and writes its results and its page.
	 * @param folder the run's folder
	 * @return the results
	 * @throws IOException if the manifest cannot be read or a file cannot be written; a
	 * cell that cannot be read is a finding, not an error
	 */
	public static Results write(Path folder) throws IOException {
		RunFiles files = new RunFiles(folder);
		Run run = Run.read(files);
		Results results = new Analysis(run).results();
		Json.write(files.results(), results);
		String page = new Page(results, run.manifest(), run.cells(), run.generatorReports()).html();
		AtomicFile.write(files.page(), page.getBytes(StandardCharsets.UTF_8));
		return results;
	}

}
