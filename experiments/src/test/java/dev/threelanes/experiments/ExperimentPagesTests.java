package dev.threelanes.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the documentation says of an experiment is what the catalogue says. With
 * {@code -Ddocs.update=true} the facts are written instead of compared.
 */
class ExperimentPagesTests {

	private static final boolean UPDATE = Boolean.getBoolean("docs.update");

	private static final Path ROOT = Path.of("..");

	private static final Path PAGES = ROOT.resolve("docs/experiments");

	private static final String BEGIN = "<!-- from the catalogue -->\n";

	private static final String END = "<!-- end of what comes from the catalogue -->\n";

	private static final List<String> CHAPTERS = List.of("## Why", "## Run it", "## What you should see",
			"## What would refute it");

	@ParameterizedTest
	@MethodSource("experiments")
	void aPageStatesTheFactsOfTheCatalogue(Experiment experiment) throws IOException {
		Path page = PAGES.resolve(experiment.id() + ".md");
		assertThat(page).exists();
		assertStates(page, facts(experiment));
		String text = Files.readString(page);
		assertThat(text).startsWith("# " + experiment.question() + "\n").contains("./lanes run " + experiment.id());
		assertThat(text).containsSubsequence(CHAPTERS);
	}

	@Test
	void thereIsNoPageOfAnythingElse() throws IOException {
		try (Stream<Path> pages = Files.list(PAGES)) {
			assertThat(pages.map((page) -> page.getFileName().toString()))
				.containsExactlyInAnyOrderElementsOf(experiments().stream().map((one) -> one.id() + ".md").toList());
		}
	}

	@Test
	void theReadmeListsAllExperiments() throws IOException {
		StringBuilder table = new StringBuilder("| experiment | question | predicted |\n|---|---|---|\n");
		for (Theme theme : Theme.values()) {
			for (Experiment experiment : experiments()) {
				if (experiment.theme() == theme) {
					table.append("| [`%1$s`](docs/experiments/%1$s.md) | %2$s | %3$s |%n".formatted(experiment.id(),
							experiment.question(),
							experiment.predictions()
								.stream()
								.map(Prediction::formula)
								.distinct()
								.collect(Collectors.joining("<br>"))));
				}
			}
		}
		assertStates(ROOT.resolve("README.md"), table.toString());
	}

	static List<Experiment> experiments() {
		return Catalogue.experiments();
	}

	private static void assertStates(Path page, String facts) throws IOException {
		String text = Files.readString(page);
		assertThat(text).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
		int begin = text.indexOf(BEGIN) + BEGIN.length();
		int end = text.indexOf(END);
		if (UPDATE) {
			Files.writeString(page, text.substring(0, begin) + facts + text.substring(end));
		}
		else {
			assertThat(text.substring(begin, end)).as("%s; -Ddocs.update=true writes it anew", page).isEqualTo(facts);
		}
	}

	private static String facts(Experiment experiment) {
		Parameters quick = experiment.parameters(Profile.QUICK, Map.of());
		Schedule schedule = experiment.schedule(Profile.QUICK, quick);
		List<String> rows = new ArrayList<>(List.of("| | |", "|---|---|"));
		rows.add(row("Theme", experiment.theme().title()));
		rows.add(row("Asked by", experiment.source()));
		rows.add(row("Side by side",
				experiment.contenders()
					.stream()
					.map(ExperimentPagesTests::contender)
					.collect(Collectors.joining(", "))));
		rows.add(row("Request",
				schedule.steps()
					.stream()
					.map((step) -> "`GET %s`".formatted(experiment.request(step.name(), quick).target()))
					.distinct()
					.collect(Collectors.joining("<br>"))));
		rows.add(row("Load (quick)",
				schedule.steps().stream().map(ExperimentPagesTests::load).collect(Collectors.joining("<br>"))));
		for (Profile profile : Profile.values()) {
			rows.add(row("Parameters (%s)".formatted(profile.id()),
					experiment.parameters(profile, Map.of())
						.asMap()
						.entrySet()
						.stream()
						.map((parameter) -> "%s = %d".formatted(parameter.getKey(), parameter.getValue()))
						.collect(Collectors.joining(", "))));
		}
		for (Prediction prediction : experiment.predictions()) {
			rows.add(row("Predicted " + prediction.quantity().title(),
					"%s. %s. Band: %s%s".formatted(prediction.formula(), prediction.source(), sides(prediction),
							band(prediction.band(), prediction.quantity().unit()))));
		}
		return String.join("\n", rows) + "\n";
	}

	private static String row(String name, String value) {
		return "| %s | %s |".formatted(name, value);
	}

	private static String contender(Contender contender) {
		List<String> differences = new ArrayList<>();
		new TreeMap<>(contender.changes()).forEach((name, value) -> differences.add(name + " = " + value));
		differences.addAll(contender.setup().words());
		return differences.isEmpty() ? contender.title()
				: "%s (%s)".formatted(contender.title(), String.join(", ", differences));
	}

	private static String load(Step step) {
		return switch (step) {
			case Step.Open open -> String.format(Locale.ROOT, "%s: %.0f/s for %d s", open.name(), open.offeredRps(),
					open.duration().toSeconds());
			case Step.Part part -> String.format(Locale.ROOT, "%s: %s/s for %d s", part.name(),
					String.format(Locale.ROOT, "%.1f", part.offeredRps()).replaceFirst("\\.0$", ""),
					part.duration().toSeconds());
			case Step.Burst burst -> burst.name();
			case Step.Held held -> "%s, all within %d s".formatted(held.name(), held.ramp().toSeconds());
			case Step.Waiting waiting -> waiting.name();
			case Step.Closed closed -> "%s for %d s".formatted(closed.name(), closed.duration().toSeconds());
		};
	}

	private static String sides(Prediction prediction) {
		return switch (prediction) {
			case Prediction.Value value -> "± ";
			case Prediction.Equivalence equivalence -> "± ";
			case Prediction.Best best -> "";
			case Prediction.Limit limit ->
				(limit.side() == Prediction.Side.AT_LEAST) ? "short of it by at most " : "beyond it by at most ";
		};
	}

	private static String band(Band band, String unit) {
		String share = String.format(Locale.ROOT, "%.0f %%", 100 * band.relative());
		if (band.absolute() == 0) {
			return share;
		}
		String distance = "%s %s".formatted(Double.toString(band.absolute()).replaceFirst("\\.0$", ""), unit);
		return (band.relative() == 0) ? distance : "max(%s, %s)".formatted(share, distance);
	}

}
