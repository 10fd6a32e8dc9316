package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.threelanes.report.Report;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.results.Results;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Makes the page again from a run's files.
 */
@Command(name = "report", mixinStandardHelpOptions = true, description = "Make the page again from a run's files.")
final class ReportCommand implements Callable<Integer> {

	@CommandLine.Spec
	@SuppressWarnings("NullAway.Init")
	private CommandLine.Model.CommandSpec spec;

	@Parameters(paramLabel = "DIR", description = "the run's folder, results/<run-id>")
	private Path folder = Path.of("");

	@Override
	public Integer call() {
		RunFiles files = new RunFiles(this.folder.toAbsolutePath().normalize());
		if (!Files.isRegularFile(files.manifest())) {
			throw new RunFailure("%s holds no run: there is no manifest.json in it".formatted(this.folder));
		}
		try {
			Results results = Report.write(files.folder());
			ResultTable.print(results, this.spec.commandLine().getOut());
			this.spec.commandLine().getOut().printf("%nThe page: %s%n", files.page());
			this.spec.commandLine().getOut().flush();
			return results.valid() ? Lanes.DONE : Lanes.INVALID;
		}
		catch (IOException ex) {
			throw new RunFailure("The page cannot be made: " + ex.getMessage(), ex);
		}
	}

}
