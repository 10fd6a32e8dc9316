package dev.threelanes.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.threelanes.report.cell.Cell;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.Checksums;
import dev.threelanes.report.cell.InjectorMerge;
import dev.threelanes.report.cell.Json;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Puts the records of injectors that ran elsewhere together into the one of a cell. A run
 * on one machine does it by itself.
 */
@Command(name = "merge", mixinStandardHelpOptions = true, hidden = true,
		description = { "Put the records of the injectors below a cell's folder, injectors/0 and so on, together.",
				"A cell.json that lies there already is brought up to date." })
final class MergeCommand implements Callable<Integer> {

	@CommandLine.Spec
	@SuppressWarnings("NullAway.Init")
	private CommandLine.Model.CommandSpec spec;

	@Parameters(paramLabel = "DIR", description = "the cell's folder")
	private Path folder = Path.of("");

	@Override
	public Integer call() {
		CellFiles cell = new CellFiles(this.folder.toAbsolutePath().normalize());
		try {
			int injectors = InjectorMerge.write(cell);
			if (Files.exists(cell.cell())) {
				Json.write(cell.cell(),
						Json.read(cell.cell(), Cell.class, Cell.SCHEMA).sharedBy(injectors, Checksums.of(cell)));
			}
			PrintWriter out = this.spec.commandLine().getOut();
			out.printf("Merged the records of %d injectors in %s%n", injectors, this.folder);
			out.flush();
			return Lanes.DONE;
		}
		catch (IOException ex) {
			throw new RunFailure("The records cannot be put together: " + ex.getMessage(), ex);
		}
	}

}
