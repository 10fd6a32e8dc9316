package dev.threelanes.runner;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Contender;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Prediction;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Settings;
import dev.threelanes.experiments.Theme;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Lists the catalogue by theme: id, question, prediction.
 */
@Command(name = "list", mixinStandardHelpOptions = true, description = "List the catalogue: id, question, prediction.")
final class ListCommand implements Runnable {

	@CommandLine.Spec
	@SuppressWarnings("NullAway.Init")
	private CommandLine.Model.CommandSpec spec;

	@Override
	public void run() {
		PrintWriter out = this.spec.commandLine().getOut();
		for (Theme theme : Theme.values()) {
			out.printf("%s%n%n", theme.title());
			Catalogue.experiments()
				.stream()
				.filter((experiment) -> experiment.theme() == theme)
				.forEach((experiment) -> print(experiment, out));
		}
		out.printf("All %d take about %d min in the quick profile.%n", Catalogue.experiments().size(),
				minutes(Catalogue.experiments()));
		out.flush();
	}

	private static void print(Experiment experiment, PrintWriter out) {
		out.printf("  %-12s %s%n", experiment.id(), experiment.question());
		for (Prediction prediction : experiment.predictions()) {
			out.printf("  %-12s predicts %s [%s]: %s%n", "", prediction.quantity().title(),
					prediction.quantity().unit(), prediction.formula());
		}
		for (Contender contender : experiment.contenders()) {
			RunPlan.missing(contender)
				.ifPresent((why) -> out.printf("  %-12s cannot run %s here: %s%n", "", contender.title(), why));
		}
		out.printf("  %-12s takes about %d min in the quick profile%n%n", "", minutes(List.of(experiment)));
	}

	private static long minutes(List<Experiment> experiments) {
		RunPlan plan = new RunPlan(experiments, Profile.QUICK, List.of(Lane.values()), List.of(), Settings.ALIGNED,
				Profile.QUICK.forks(), Map.of(), Cores.SHARED, 0);
		return Math.max(1, Math.round(plan.expectedSeconds() / Duration.ofMinutes(1).toSeconds()));
	}

}
