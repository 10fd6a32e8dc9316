package dev.threelanes.runner;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Load;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Profile;
import dev.threelanes.runner.RunPlan.PlannedCell;
import org.jspecify.annotations.Nullable;

/**
 * Gatling in a JVM of its own, one for each cell.
 */
final class Generator implements AutoCloseable {

	private static final String SIMULATIONS = "dev.threelanes.gatling.";

	private final ChildProcess process;

	private Generator(ChildProcess process) {
		this.process = process;
	}

	/**
	 * Starts the load of a cell.
	 * @param installation where the simulations are
	 * @param order what to do
	 * @param baseUrls the lane; users go to several in turn
	 * @param cores the processors that it may run on; empty for all
	 * @param record where the record goes
	 * @param log where Gatling's output goes
	 * @return the running generator
	 */
	static Generator start(Installation installation, Order order, List<URI> baseUrls, String cores, Path record,
			Path log) {
		List<String> flags = new ArrayList<>(JavaCommand.GENERATOR_FLAGS);
		flags.add("-Dexperiment=" + order.experiment());
		flags.add("-Dcontender=" + order.contender());
		flags.add("-Dprofile=" + order.profile().id());
		flags.add("-DbaseUrl=" + baseUrls.stream()
			.map((url) -> "%s://%s".formatted(url.getScheme(), url.getRawAuthority()))
			.collect(Collectors.joining(",")));
		flags.add("-Drecord.dir=" + record);
		flags.add("-Drecord.live=" + LiveLine.file(log));
		if (order.warmUpUrl() != null) {
			flags.add("-DwarmUpUrl=" + order.warmUpUrl());
		}
		order.properties().forEach((name, value) -> flags.add("-D" + name + "=" + value));
		if (order.path() != null) {
			flags.add("-Dpath=" + order.path());
		}
		order.parameters().asMap().forEach((name, value) -> flags.add("-D" + name + "=" + value));
		JavaCommand command = new JavaCommand(flags,
				List.of("-cp", installation.generatorClassPath(), "io.gatling.app.Gatling"),
				List.of("-s", SIMULATIONS + simulation(Catalogue.experiment(order.experiment()).load()), "-rf",
						record.resolve(CellMeasurement.GATLING_RUNS).toString()));
		return new Generator(ChildProcess.start("Gatling", command, cores, log, Duration.ofSeconds(5)));
	}

	private static String simulation(Load load) {
		return switch (load) {
			case Load.Rising rising -> "RisingLoadSimulation";
			case Load.Variants variants -> "RisingLoadSimulation";
			case Load.Bursts bursts -> "BurstSimulation";
			case Load.Closed closed -> "ClosedLoadSimulation";
			case Load.Held held -> "HeldLoadSimulation";
			case Load.WakeUps wakeUps -> "WakeUpSimulation";
			case Load.Cold cold -> "RisingLoadSimulation";
			case Load.Beside beside -> "MixedTrafficSimulation";
		};
	}

	long pid() {
		return this.process.pid();
	}

	boolean waitFor(Duration timeout) throws InterruptedException {
		return this.process.waitFor(timeout);
	}

	int exitValue() {
		return this.process.exitValue();
	}

	String lastWords() {
		return this.process.lastWords();
	}

	@Override
	public void close() {
		this.process.close();
	}

	/**
	 * What the generator is told to do.
	 *
	 * @param experiment the experiment's name
	 * @param contender the contender's name, since it may have a bound of its own
	 * @param profile how much time to spend
	 * @param parameters the parameters
	 * @param path what to ask for instead of the experiment's request, or {@code null}
	 * @param properties of a single step in place of the experiment's load, or of the
	 * downstream that shall fail; mostly empty
	 * @param warmUpUrl whom to ask before anything is measured, where that must not be
	 * the lane, or {@code null}
	 */
	record Order(String experiment, String contender, Profile profile, Parameters parameters, @Nullable String path,
			Map<String, String> properties, @Nullable URI warmUpUrl) {

		static Order of(PlannedCell cell) {
			return new Order(cell.experiment().id(), cell.subject().id(), cell.profile(), cell.parameters(),
					(cell.subject() instanceof Subject.Target target) ? path(target.url()) : null, Map.of(), null);
		}

		Order warmedUpBy(URI url) {
			return new Order(this.experiment, this.contender, this.profile, this.parameters, this.path, this.properties,
					url);
		}

		Order probe(Map<String, String> properties) {
			return new Order(this.experiment, this.contender, this.profile, this.parameters, this.path, properties,
					this.warmUpUrl);
		}

		Order failing(URI downstream) {
			return probe(Map.of("downstream", downstream.toString()));
		}

		Order and(Map<String, String> further) {
			Map<String, String> all = new LinkedHashMap<>(this.properties);
			all.putAll(further);
			return probe(all);
		}

		private static @Nullable String path(URI url) {
			String path = url.getRawPath();
			if (path == null || path.isEmpty() || path.equals("/")) {
				return null;
			}
			return (url.getRawQuery() != null) ? path + "?" + url.getRawQuery() : path;
		}

	}

}
