package dev.threelanes.runner;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Profile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures experiments on lanes and writes the page.
 */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false,
		description = { "Measure experiments on every lane and write the page.",
				"Without a name it runs slow-call; 'all' runs the whole catalogue." })
final class RunCommand implements Callable<Integer> {

	@CommandLine.Spec
	@SuppressWarnings("NullAway.Init")
	private CommandLine.Model.CommandSpec spec;

	@Parameters(paramLabel = "EXPERIMENT", arity = "0..*", description = "what to measure; ./lanes list names them")
	private List<String> experiments = List.of("slow-call");

	@Option(names = "--profile", paramLabel = "smoke|quick|full", defaultValue = "quick",
			description = "how much time to spend (default: quick)")
	private String profile = "quick";

	@Option(names = "--lanes", paramLabel = "mvc,webflux,loom", split = ",", defaultValue = "mvc,webflux,loom",
			description = "which lanes to measure (default: all)")
	private List<String> lanes = List.of();

	@Option(names = "--settings", paramLabel = "aligned|stock", defaultValue = "aligned",
			description = "equal, explicit limits or Spring Boot's defaults (default: aligned)")
	private String settings = "aligned";

	@Option(names = "--set", paramLabel = "NAME=VALUE", description = "change a parameter: delayMs, threads")
	private Map<String, String> changes = new LinkedHashMap<>();

	@Option(names = "--seed", paramLabel = "N",
			description = "what the order of the cells follows from (default: random, recorded)")
	private @Nullable Long seed;

	@Option(names = "--out", paramLabel = "DIR", description = "the folder of the run (default: results/<run-id>)")
	private @Nullable Path out;

	@Option(names = "--port-base", paramLabel = "N", defaultValue = "8080",
			description = "ports follow from it: lanes N+1 to N+3, downstream N+10, Actuator 1,000 above (default: 8080)")
	private int portBase;

	@Override
	public Integer call() throws InterruptedException {
		RunPlan plan = new RunPlan(
				this.experiments.equals(List.of("all")) ? Catalogue.experiments()
						: parsed(this.experiments, Catalogue::experiment),
				parsed(this.profile, Profile::of), parsed(this.lanes, Lane::of),
				parsed(this.settings, RunPlan.Settings::of), checkedChanges(),
				(this.seed != null) ? this.seed : ThreadLocalRandom.current().nextLong(1_000_000));
		Ports ports = parsed(this.portBase, Ports::new);
		List<String> words = this.spec.commandLine().getParseResult().originalArgs();
		return new Run(Installation.current(), plan, ports, this.out, words, this.spec.commandLine().getOut(),
				List.of())
			.execute();
	}

	private Map<String, String> checkedChanges() {
		for (String name : this.experiments.equals(List.of("all")) ? List.of("slow-call") : this.experiments) {
			Experiment experiment = parsed(name, Catalogue::experiment);
			parsed(this.changes, (values) -> experiment.parameters(parsed(this.profile, Profile::of), values));
		}
		return this.changes;
	}

	private <T> List<T> parsed(List<String> words, Function<String, T> parser) {
		return words.stream().distinct().map((word) -> parsed(word, parser)).toList();
	}

	private <S, T> T parsed(S word, Function<S, T> parser) {
		try {
			return parser.apply(word);
		}
		catch (IllegalArgumentException ex) {
			throw new CommandLine.ParameterException(this.spec.commandLine(), String.valueOf(ex.getMessage()), ex);
		}
	}

}
