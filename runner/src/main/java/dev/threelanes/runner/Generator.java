package dev.threelanes.runner;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.threelanes.runner.RunPlan.PlannedCell;

/**
 * Gatling in a JVM of its own, one for each cell.
 */
final class Generator implements AutoCloseable {

	private static final String SIMULATION = "dev.threelanes.gatling.RisingLoadSimulation";

	private final ChildProcess process;

	private Generator(ChildProcess process) {
		this.process = process;
	}

	/**
	 * Starts the load of a cell.
	 * @param installation where the simulations are
	 * @param cell the cell
	 * @param baseUrl the lane
	 * @param record where the record goes
	 * @param log where Gatling's output goes
	 * @return the running generator
	 */
	static Generator start(Installation installation, PlannedCell cell, URI baseUrl, Path record, Path log) {
		List<String> flags = new ArrayList<>(JavaCommand.GENERATOR_FLAGS);
		flags.add("-Dexperiment=" + cell.experiment().id());
		flags.add("-Dprofile=" + cell.profile().id());
		flags.add("-DbaseUrl=" + baseUrl);
		flags.add("-Drecord.dir=" + record);
		cell.parameters().asMap().forEach((name, value) -> flags.add("-D" + name + "=" + value));
		JavaCommand command = new JavaCommand(flags,
				List.of("-cp", installation.generatorClassPath(), "io.gatling.app.Gatling"),
				List.of("-s", SIMULATION, "-rf", record.resolve(CellMeasurement.GATLING_RUNS).toString()));
		return new Generator(ChildProcess.start("Gatling", command, log, Duration.ofSeconds(5)));
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

}
