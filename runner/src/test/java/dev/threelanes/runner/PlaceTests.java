package dev.threelanes.runner;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PlaceTests {

	private static final Place STANDING = new Place.Standing(Map.of(Parameter.THREADS, 200, Parameter.CONNECTIONS,
			10_000, Parameter.DB_CONNECTIONS, 10, Parameter.PERMITS, 2, Parameter.ADMITTED, 0, Parameter.TIMEOUT_MS,
			35_000, Parameter.PROCESSORS, 2));

	private static final Place COMPOSE = new Place.Compose(2);

	@ParameterizedTest
	@ValueSource(strings = { "slow-call", "low-load", "fan-out", "db-pool", "cpu-bound", "control" })
	void whatNeedsNoOtherLaneIsMeasuredOnThoseThatStand(String experiment) {
		assertThat(obstacle(experiment, Profile.SMOKE, STANDING, Map.of())).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					workers        | workers cannot be measured on standing: | needs threads = 4, and the lanes that stand have 200
					thread-sweep   | thread-sweep cannot be measured on standing: | and the lanes that stand have 200
					batch          | batch cannot be measured on standing: | needs
					clients        | clients cannot be measured on standing: | needs a lane that was started with lane.downstream.client
					stock-defaults | stock-defaults cannot be measured on standing: | needs
					warm-up        | warm-up cannot be measured on standing: | needs a JVM that has just been started
					c10k           | c10k cannot be measured on standing: | needs a JVM with other flags than the image's: [-Xms4096m, -Xmx4096m
					pinning        | pinning cannot be measured on standing: | needs a JVM with other flags than the image's
					stall          | stall cannot be measured on standing: | needs a downstream that fails on demand
					""")
	void whatNeedsOtherLanesIsNamedWithTheReason(String experiment, String name, String reason) {
		assertThat(obstacle(experiment, Profile.QUICK, STANDING, Map.of())).get()
			.asString()
			.startsWith(name)
			.contains(reason);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "slow-call", "workers", "thread-sweep", "clients", "stock-defaults", "warm-up", "overload" })
	void aContainerThatTheRunStartsTakesAnyArgumentOfTheProgram(String experiment) {
		assertThat(obstacle(experiment, Profile.QUICK, COMPOSE, Map.of())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "c10k", "blocked-loop", "batch", "stall" })
	void aContainerThatTheRunStartsIsStillThatOfItsImage(String experiment) {
		assertThat(obstacle(experiment, Profile.QUICK, COMPOSE, Map.of())).get()
			.asString()
			.contains("cannot be measured on compose");
	}

	@Test
	void aRisingLoadFollowsTheLimitThatStands() {
		RunPlan plan = plan("slow-call", Profile.SMOKE, STANDING, Map.of(), 1);
		assertThat(plan.cells()).allMatch((cell) -> cell.parameters().threads() == 200);
		assertThat(plan("workers", Profile.SMOKE, STANDING, Map.of(), 1).cells())
			.allMatch((cell) -> cell.parameters().threads() == 4);
	}

	@Test
	void whatTheReaderAskedForDoesNotFollowButIsRefused() {
		assertThat(obstacle("slow-call", Profile.SMOKE, STANDING, Map.of("threads", "100"))).get()
			.asString()
			.contains("needs threads = 100, and the lanes that stand have 200");
	}

	@Test
	void lanesThatStandHaveAsManyProcessorsAsTheySay() {
		Place one = new Place.Standing(Map.of(Parameter.PROCESSORS, 1));
		assertThat(plan("cpu-bound", Profile.QUICK, one, Map.of(), 1).cells())
			.allMatch((cell) -> cell.parameters().value(Parameter.PROCESSORS) == 1);
	}

	@Test
	void lanesThatStandAreNoFreshJvmsForFurtherForks() {
		assertThatExceptionOfType(RunFailure.class)
			.isThrownBy(() -> plan("slow-call", Profile.SMOKE, STANDING, Map.of(), 2).requirePossible())
			.withMessageContaining("ask for --forks 1");
	}

	@Test
	void processesOfThisMachineMeetNoSuchObstacle() {
		Catalogue.experiments()
			.forEach((experiment) -> assertThat(obstacle(experiment.id(), Profile.SMOKE, Place.HERE, Map.of()))
				.isEmpty());
	}

	private static Optional<String> obstacle(String experiment, Profile profile, Place place,
			Map<String, String> changes) {
		try {
			plan(experiment, profile, place, changes, 1).requirePossible();
			return Optional.empty();
		}
		catch (RunFailure ex) {
			return Optional.of(String.valueOf(ex.getMessage()));
		}
	}

	private static RunPlan plan(String experiment, Profile profile, Place place, Map<String, String> changes,
			int forks) {
		List<Lane> lanes = List.of(Lane.values());
		return new RunPlan(List.of(Catalogue.experiment(experiment)), profile, lanes, List.of(), Settings.ALIGNED,
				forks, changes, Cores.SHARED, 1, place);
	}

}
