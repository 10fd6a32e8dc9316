package dev.threelanes.runner;

import java.io.PrintWriter;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Prediction;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Lists the catalogue: id, question, prediction.
 */
@Command(name = "list", mixinStandardHelpOptions = true, description = "List the catalogue: id, question, prediction.")
final class ListCommand implements Runnable {

	@CommandLine.Spec
	@SuppressWarnings("NullAway.Init")
	private CommandLine.Model.CommandSpec spec;

	@Override
	public void run() {
		PrintWriter out = this.spec.commandLine().getOut();
		for (Experiment experiment : Catalogue.experiments()) {
			out.printf("%s%n  %s%n", experiment.id(), experiment.question());
			for (Prediction prediction : experiment.predictions()) {
				out.printf("  predicts %s [%s]: %s%n", prediction.quantity().title(), prediction.quantity().unit(),
						prediction.formula());
			}
		}
		out.flush();
	}

}
