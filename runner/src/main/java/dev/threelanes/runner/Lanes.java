package dev.threelanes.runner;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line of the laboratory. Exit status: 0 done and valid, 1 done with INVALID
 * cells, 2 wrong usage, 3 could not run.
 */
@Command(name = "lanes", mixinStandardHelpOptions = true, version = "three-lanes 1.0.0",
		description = "Thread per request, event loop or virtual threads: predicted, then measured.",
		subcommands = { RunCommand.class, ListCommand.class, ReportCommand.class, CompareCommand.class,
				IndexCommand.class, DoctorCommand.class, MergeCommand.class, InjectCommand.class },
		synopsisSubcommandLabel = "COMMAND",
		footer = { "", "Exit status: 0 done and valid, 1 done with INVALID cells, 2 wrong usage, 3 could not run." })
public final class Lanes implements Runnable {

	static final int DONE = 0;

	static final int INVALID = 1;

	static final int USAGE = 2;

	static final int COULD_NOT_RUN = 3;

	@CommandLine.Spec
	@SuppressWarnings("NullAway.Init")
	private CommandLine.Model.CommandSpec spec;

	/**
	 * Runs the command line and exits with its status.
	 * @param arguments the words of the command line
	 */
	public static void main(String[] arguments) {
		System.exit(commandLine().execute(arguments));
	}

	@Override
	public void run() {
		this.spec.commandLine().usage(this.spec.commandLine().getOut());
	}

	static CommandLine commandLine() {
		return new CommandLine(new Lanes()).setExecutionExceptionHandler(Lanes::explain)
			.setCaseInsensitiveEnumValuesAllowed(true);
	}

	private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult result)
			throws Exception {
		if (failure instanceof RunFailure) {
			command.getErr().println("lanes: " + failure.getMessage());
			return COULD_NOT_RUN;
		}
		throw failure;
	}

}
