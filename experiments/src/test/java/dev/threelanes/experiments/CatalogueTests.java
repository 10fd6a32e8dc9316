package dev.threelanes.experiments;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CatalogueTests {

	@Test
	void findsExperimentsByName() {
		assertThat(Catalogue.experiments()).extracting(Experiment::id)
			.doesNotHaveDuplicates()
			.containsExactly("slow-call", "low-load", "workers", "batch", "thread-sweep", "c10k", "fan-out", "lock",
					"permits", "wake-up", "client-pool", "db-pool", "db-sweep", "overload", "stall", "stock-defaults",
					"blocked-loop", "cpu-hog", "cpu-bound", "mixed", "pinning", "warm-up", "clients", "choices",
					"start-up", "cost", "held", "control");
		assertThat(Catalogue.experiment("low-load").id()).isEqualTo("low-load");
	}

	@Test
	void whenExperimentIsUnknownNamesThoseThatExist() {
		assertThatIllegalArgumentException().isThrownBy(() -> Catalogue.experiment("slow"))
			.withMessage("There is no experiment 'slow'; the experiments are "
					+ "slow-call, low-load, workers, batch, thread-sweep, c10k, fan-out, lock, permits, wake-up, client-pool, db-pool, db-sweep, overload, stall, stock-defaults, blocked-loop, cpu-hog, cpu-bound, mixed, pinning, warm-up, clients, choices, start-up, cost, held, control");
	}

	@ParameterizedTest
	@MethodSource("experiments")
	void everyExperimentIsComplete(Experiment experiment) {
		assertThat(experiment.question()).endsWith("?");
		assertThat(experiment.source()).isNotBlank();
		assertThat(experiment.predictions()).isNotEmpty();
		for (Profile profile : Profile.values()) {
			Parameters parameters = experiment.parameters(profile, Map.of());
			Schedule schedule = experiment.schedule(profile, parameters);
			assertThat(schedule.steps()).extracting(Step::name).doesNotHaveDuplicates().doesNotContain(Step.WARM_UP);
			assertThat(schedule.steps()).extracting(Step::name).noneMatch((name) -> name.contains(","));
			assertThat(schedule.warmUp()).extracting(Step::duration)
				.containsExactly(experiment.warmUp(profile).warmUp(), experiment.warmUp(profile).settle());
			assertThat(experiment.timeLimit(parameters)).isGreaterThan(parameters.delay());
		}
	}

	static List<Experiment> experiments() {
		return Catalogue.experiments();
	}

	@ParameterizedTest
	@MethodSource("experiments")
	void whatASourcePublishedIsOfContendersAndStepsThatExist(Experiment experiment) {
		Catalogue.published(experiment.id()).ifPresent((published) -> {
			assertThat(published.source()).isEqualTo(experiment.source());
			List<Integer> users = ((Load.Bursts) experiment.load()).users();
			for (Published.Series series : published.series()) {
				assertThat(series.contenders()).isNotEmpty().allMatch((id) -> experiment.contender(id).isPresent());
				assertThat(users).containsAll(series.seconds().keySet());
			}
		});
	}

	@Test
	void twoSourcesPublishedFiguresOfTheSameQuestion() {
		assertThat(Catalogue.published("batch").orElseThrow().series()).hasSize(4)
			.allSatisfy((series) -> assertThat(series.seconds()).hasSize(5));
		assertThat(Catalogue.published("lock").orElseThrow().series()).extracting((series) -> series.seconds().get(3))
			.containsExactly(3.01, 2.01);
		assertThat(Catalogue.published("slow-call")).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("experiments")
	void contendersHaveNamesOfTheirOwnAndKnownChanges(Experiment experiment) {
		assertThat(experiment.contenders()).extracting(Contender::id).doesNotHaveDuplicates();
		assertThat(experiment.contenders()).extracting(Contender::title).doesNotHaveDuplicates();
		for (Profile profile : Profile.values()) {
			assertThat(experiment.contenders()).allSatisfy((contender) -> assertThat(experiment.seenBy(contender.id())
				.schedule(profile, contender.parameters(experiment.parameters(profile, Map.of())))
				.steps()).isNotEmpty());
		}
	}

	@Test
	void lanesRunOnNoJvmOlderThanTheyAreCompiledFor() {
		assertThatIllegalArgumentException().isThrownBy(() -> Setup.AS_ALL.onJdk(17))
			.withMessage("lanes need a JDK 21 or newer, not 17");
	}

	@Test
	void computingIsKnownWithoutALane() {
		assertThat(Request.cpu(1000).expectedBody()).isEqualTo("{\"rounds\":1000,\"result\":\"a17ac4d60a6b3f89\"}");
		assertThat(Request.mixed(50, 1).expectedBody())
			.isEqualTo("{\"delayMs\":50,\"rounds\":1,\"result\":\"e220a8397b1dcdaf\"}");
	}

	@ParameterizedTest
	@EnumSource
	void everyLaneAndProfileIsFoundByItsIdentifier(Lane lane) {
		assertThat(Lane.of(lane.id())).isSameAs(lane);
		for (Profile profile : Profile.values()) {
			assertThat(Profile.of(profile.id())).isSameAs(profile);
		}
	}

	@Test
	void whenLaneOrProfileIsUnknownNamesThoseThatExist() {
		assertThatIllegalArgumentException().isThrownBy(() -> Lane.of("go"))
			.withMessage("There is no lane 'go'; the lanes are mvc, webflux, loom");
		assertThatIllegalArgumentException().isThrownBy(() -> Profile.of("QUICK"))
			.withMessage("There is no profile 'QUICK'; the profiles are smoke, quick, full");
	}

}
