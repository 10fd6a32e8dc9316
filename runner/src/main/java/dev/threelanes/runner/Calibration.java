package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Step;
import dev.threelanes.report.cell.BrokenFileException;
import dev.threelanes.report.cell.Cell;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.Checksums;
import dev.threelanes.report.cell.Json;
import dev.threelanes.report.cell.Machine;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.cell.Samples;
import dev.threelanes.report.validity.GeneratorLimit;

/**
 * How far this machine's generator can be believed, as {@code ./lanes doctor} measured
 * it.
 *
 * @param schema the version of the file's shape, {@value #SCHEMA}
 * @param measuredAt when it was measured, an ISO 8601 instant
 * @param machine where
 * @param limit what was found
 */
record Calibration(int schema, String measuredAt, Machine machine, GeneratorLimit limit) {

	/** The version of the file's shape. */
	static final int SCHEMA = 1;

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	/**
	 * What was measured on this machine.
	 * @param installation where results lie
	 * @return the calibration, or nothing if there is none of this machine
	 */
	static Optional<Calibration> known(Installation installation) {
		try {
			Calibration calibration = Json.read(file(installation), Calibration.class, SCHEMA);
			return Optional.of(calibration).filter((found) -> found.machine().equals(MachineFacts.read()));
		}
		catch (BrokenFileException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Drives the bare downstream ever harder and keeps what was found.
	 * @param installation where the built parts are
	 * @param ports where to listen
	 * @return the calibration
	 * @throws InterruptedException if it is being stopped
	 * @throws RunFailure if it cannot be made
	 */
	static Calibration measure(Installation installation, Ports ports) throws InterruptedException {
		Experiment experiment = Catalogue.experiment(dev.threelanes.experiments.Calibration.ID);
		Parameters parameters = experiment.parameters(Profile.SMOKE, Map.of());
		Thread farewell = Thread.ofPlatform().unstarted(ChildProcess::stopForGood);
		Runtime.getRuntime().addShutdownHook(farewell);
		try {
			Path folder = Files.createTempDirectory("three-lanes-calibration");
			CellFiles files = new RunFiles(folder).cell(experiment.id(), "downstream", 1);
			Files.createDirectories(files.folder());
			drive(installation, ports, experiment, parameters, files);
			Calibration calibration = new Calibration(SCHEMA, Instant.now().toString(), MachineFacts.read(),
					GeneratorLimit.of(files.read()));
			Files.createDirectories(installation.results());
			Json.write(file(installation), calibration);
			CellMeasurement.delete(folder);
			return calibration;
		}
		catch (IOException ex) {
			throw new RunFailure("The calibration cannot be stored: " + ex.getMessage(), ex);
		}
		finally {
			ChildProcess.stopAll();
			Run.removeHook(farewell);
		}
	}

	private static void drive(Installation installation, Ports ports, Experiment experiment, Parameters parameters,
			CellFiles files) throws IOException, InterruptedException {
		Instant started = Instant.now();
		Schedule schedule = experiment.schedule(Profile.SMOKE, parameters);
		try (DownstreamProcess downstream = DownstreamProcess.start(installation.downstream(), ports.downstream(),
				false, "", files.folder().resolve("downstream.log"));
				Generator generator = Generator.start(installation,
						new Generator.Order(experiment.id(), "downstream", Profile.SMOKE, parameters, null, Map.of(),
								null),
						List.of(LaneProcess.loopback(ports.downstream(), "")), "", files.folder(),
						files.folder().resolve("gatling.log"))) {
			Sampler sampler = Sampler.start(new Sampler.Watched(List.of(downstream.pid()), downstream.pid(),
					generator.pid(), List.of(downstream.metrics()), downstream.metrics()));
			try (sampler) {
				if (!generator.waitFor(PATIENCE) || generator.exitValue() != 0) {
					throw new RunFailure("Gatling did not finish the calibration; its last words:%n%s"
						.formatted(generator.lastWords()));
				}
			}
			new Samples(sampler.samples()).write(files.samples());
		}
		Json.write(files.cell(),
				new Cell(Cell.SCHEMA, experiment.id(), "downstream", 1, Profile.SMOKE.id(), "aligned",
						parameters.asMap(), Cell.warmUp(schedule), Cell.steps(schedule), experiment.load().kind(),
						started.toString(), Instant.now().toString(), Runtime.getRuntime().availableProcessors(), null,
						List.of(), null, null, List.of(), Checksums.of(files)));
	}

	private static Path file(Installation installation) {
		return installation.results().resolve("calibration.json");
	}

	/**
	 * Refuses steps at which the generator could not be believed.
	 * @param cells what is to be measured
	 * @throws RunFailure if there is such a step
	 */
	void requireWithin(List<RunPlan.PlannedCell> cells) {
		for (RunPlan.PlannedCell cell : cells) {
			cell.schedule().steps().forEach((step) -> {
				double rps = rps(step) / cell.injectors();
				if (this.limit.beyond() != null && rps > this.limit.believedRps()) {
					throw new RunFailure(
							"%s offers %.0f requests a second%s, and this machine's generator can be believed up to %.0f: lower the load with --set, or measure nonetheless with --beyond-calibration"
								.formatted(cell.experiment().id(), rps, cell.shared() ? " to each injector" : "",
										this.limit.believedRps()));
				}
			});
		}
	}

	// The rate of all that is offered at the same time.
	private static double rps(Step step) {
		return switch (step) {
			case Step.Open open -> open.offeredRps();
			case Step.Part part -> part.mix().offeredRps();
			case Step.Burst burst -> 0;
			case Step.Closed closed -> 0;
			case Step.Held held -> 0;
			case Step.Waiting waiting -> 0;
		};
	}

	/**
	 * What was found, for people.
	 * @return a sentence
	 */
	String words() {
		return (this.limit.beyond() != null)
				? "can be believed up to %.0f requests a second, where 1 %% start %.1f ms late or more; beyond: %s"
					.formatted(this.limit.believedRps(), this.limit.startLagP99Ms(), this.limit.beyond())
				: "can be believed up to at least %.0f requests a second, where 1 %% start %.1f ms late or more"
					.formatted(this.limit.believedRps(), this.limit.startLagP99Ms());
	}

}
