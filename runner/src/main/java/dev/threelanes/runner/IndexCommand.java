package dev.threelanes.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.threelanes.report.RunIndex;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Lists all runs of a folder on one page. A run that lies in {@code results/} does it by
 * itself when it ends.
 */
@Command(name = "index", mixinStandardHelpOptions = true,
		description = "List all runs of a folder on one page, index.html in it.")
final class IndexCommand implements Callable<Integer> {

	@CommandLine.Spec
	@SuppressWarnings("NullAway.Init")
	private CommandLine.Model.CommandSpec spec;

	@Parameters(paramLabel = "DIR", arity = "0..1", description = "the folder that holds the runs (default: results)")
	private @Nullable Path folder;

	@Override
	public Integer call() {
		Path runs = (this.folder != null) ? this.folder.toAbsolutePath() : Installation.current().results();
		if (!Files.isDirectory(runs)) {
			throw new RunFailure("%s is no folder: make a run first".formatted(runs));
		}
		try {
			Path page = RunIndex.write(runs);
			PrintWriter out = this.spec.commandLine().getOut();
			out.printf("The page: %s%n", page);
			out.flush();
			return Lanes.DONE;
		}
		catch (IOException ex) {
			throw new RunFailure("The page cannot be written: " + ex.getMessage(), ex);
		}
	}

}
