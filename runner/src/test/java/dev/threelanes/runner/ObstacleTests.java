package dev.threelanes.runner;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Settings;
import dev.threelanes.report.validity.GeneratorLimit;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class ObstacleTests {

	@Test
	void whatCanBeMeasuredMeetsNone() {
		assertThat(Obstacle.to(() -> plan("workers"), Optional.empty())).isEmpty();
	}

	@Test
	void anExperimentThatDoesNotFitWhatWasAskedIsNamedWithTheReason() {
		assertThat(Obstacle.to(() -> {
			throw new CommandLine.ParameterException(Lanes.commandLine(), "control measures only mvc");
		}, Optional.empty())).hasValue("control measures only mvc");
	}

	@Test
	void aLoadBeyondTheGeneratorIsNamedWithTheReason() {
		Calibration calibration = new Calibration(Calibration.SCHEMA, "2026-03-01T10:00:00Z", MachineFacts.read(),
				new GeneratorLimit(50, 1, "it started late"));
		assertThat(Obstacle.to(() -> plan("slow-call"), Optional.of(calibration))).get()
			.asString()
			.startsWith("slow-call offers ")
			.contains("can be believed up to 50");
	}

	private static RunPlan plan(String experiment) {
		return new RunPlan(List.of(Catalogue.experiment(experiment)), Profile.SMOKE, List.of(Lane.values()), List.of(),
				Settings.ALIGNED, 1, Map.of(), Cores.SHARED, 1);
	}

}
