package dev.threelanes.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.threelanes.report.ComparisonReport;
import dev.threelanes.report.Difference;
import dev.threelanes.report.Difference.Change;
import dev.threelanes.report.Differences;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Sets two runs side by side. Exit status 1 where something got worse, so that an upgrade
 * can be made to depend on it.
 */
@Command(name = "compare", mixinStandardHelpOptions = true, sortOptions = false,
		description = { "Set two runs side by side: what got better, worse, or is equal within noise.",
				"Exit status 1 where something got worse." })
final class CompareCommand implements Callable<Integer> {

	@CommandLine.Spec
	@SuppressWarnings("NullAway.Init")
	private CommandLine.Model.CommandSpec spec;

	@Parameters(paramLabel = "BEFORE", index = "0", description = "the folder of the first run")
	@SuppressWarnings("NullAway.Init")
	private Path before;

	@Parameters(paramLabel = "AFTER", index = "1", description = "the folder of the second run")
	@SuppressWarnings("NullAway.Init")
	private Path after;

	@Option(names = "--html", paramLabel = "FILE", description = "write the comparison as a page, too")
	private @Nullable Path page;

	@Override
	public Integer call() {
		List<Difference> differences;
		try {
			differences = Differences.between(this.before, this.after);
		}
		catch (IOException ex) {
			throw new RunFailure("The runs cannot be compared: " + ex.getMessage(), ex);
		}
		if (differences.isEmpty()) {
			throw new RunFailure("The runs have no lane and step in common that was asked for the same load");
		}
		PrintWriter out = this.spec.commandLine().getOut();
		out.printf("%-11s %-9s %-11s %-18s %14s %14s %29s  %s%n", "experiment", "lane", "step", "figure", "before",
				"after", "after - before, 95 %", "");
		for (Difference difference : differences) {
			out.printf("%-11s %-9s %-11s %-18s %14s %14s %29s  %s%n", difference.experiment(), difference.lane(),
					difference.step(), difference.figure(), figure(difference.before()), figure(difference.after()),
					interval(difference), difference.change().words());
		}
		long worse = differences.stream().filter((difference) -> difference.change() == Change.WORSE).count();
		out.printf("%n%d of %d figures got worse%n", worse, differences.size());
		writePage(differences, out);
		out.flush();
		return (worse > 0) ? Lanes.INVALID : Lanes.DONE;
	}

	private void writePage(List<Difference> differences, PrintWriter out) {
		if (this.page == null) {
			return;
		}
		try {
			ComparisonReport.write(this.before, this.after, differences, this.page.toAbsolutePath());
			out.printf("The page: %s%n", this.page);
		}
		catch (IOException ex) {
			throw new RunFailure("The page cannot be written: " + ex.getMessage(), ex);
		}
	}

	private static String interval(Difference difference) {
		return (difference.low() != null) ? "[%s, %s]".formatted(figure(difference.low()), figure(difference.high()))
				: "-";
	}

	private static String figure(@Nullable Double value) {
		return (value != null) ? String.format(Locale.ROOT, (Math.abs(value) < 1000) ? "%.2f" : "%,.0f", value) : "-";
	}

}
