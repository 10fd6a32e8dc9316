package dev.threelanes.experiments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

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
			.containsExactly("slow-call", "low-load", "workers", "batch", "thread-sweep", "fan-out", "permits",
					"client-pool", "db-pool", "blocked-loop", "cpu-hog", "cpu-bound", "mixed", "control");
		assertThat(Catalogue.experiment("low-load").id()).isEqualTo("low-load");
	}

	@Test
	void whenExperimentIsUnknownNamesThoseThatExist() {
		assertThatIllegalArgumentException().isThrownBy(() -> Catalogue.experiment("slow"))
			.withMessage("There is no experiment 'slow'; the experiments are "
					+ "slow-call, low-load, workers, batch, thread-sweep, fan-out, permits, client-pool, db-pool, blocked-loop, cpu-hog, cpu-bound, mixed, control");
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
				.containsExactly(profile.warmUp(), profile.settle());
			assertThat(experiment.timeLimit()).isGreaterThan(parameters.delay());
		}
	}

	static List<Experiment> experiments() {
		return Catalogue.experiments();
	}

	@Test
	void slowCallRisesFromAQuarterToTwiceThePredictedCap() {
		Experiment slowCall = Catalogue.experiment("slow-call");
		Parameters parameters = slowCall.parameters(Profile.QUICK, Map.of());
		assertThat(slowCall.bound().rps(parameters)).isEqualTo(400);
		Schedule schedule = slowCall.schedule(Profile.QUICK, parameters);
		assertThat(schedule.steps()).extracting((step) -> ((Step.Open) step).offeredRps())
			.containsExactly(100.0, 200.0, 300.0, 400.0, 600.0, 800.0);
		assertThat(schedule.steps().getLast()).isEqualTo(new Step.Open("2.00 x T/D", 800, Duration.ofSeconds(6)));
		assertThat(((Step.Open) schedule.steps().getLast()).users()).isEqualTo(4800);
		assertThat(schedule.warmUp()).containsExactly(new Step.Open(Step.WARM_UP, 100, 1000, Duration.ofSeconds(18)),
				new Step.Open(Step.SETTLE, 360, Duration.ofSeconds(10)));
		assertThat(schedule.duration(parameters)).isEqualTo(Duration.ofMillis(28_000 + 2 * 1_000 + 6 * 7_000));
	}

	@Test
	void stepsFollowTheParameters() {
		Experiment slowCall = Catalogue.experiment("slow-call");
		Parameters parameters = slowCall.parameters(Profile.QUICK, Map.of("delayMs", "80", "threads", "40"));
		assertThat(slowCall.schedule(Profile.QUICK, parameters).steps())
			.extracting((step) -> ((Step.Open) step).offeredRps())
			.containsExactly(125.0, 250.0, 375.0, 500.0, 750.0, 1000.0);
		assertThat(slowCall.request("0.25 x T/D", parameters))
			.isEqualTo(new Request("/api/call?delayMs=80", "{\"id\":0,\"delayMs\":80}"));
	}

	@Test
	void throughputOfAThreadPoolIsCappedAtThreadsPerServiceTime() {
		Prediction.Value throughput = prediction(Quantity.THROUGHPUT);
		assertThat(value(throughput, Lane.MVC, 300)).hasValue(300);
		assertThat(value(throughput, Lane.MVC, 800)).hasValue(200 / 0.504);
		assertThat(value(throughput, Lane.WEBFLUX, 800)).hasValue(800);
		assertThat(value(throughput, Lane.LOOM, 800)).hasValue(800);
		assertThat(throughput.band()).isEqualTo(Band.relative(0.02));
	}

	@Test
	void waitGrowsPastTheCapOfAThreadPoolOnly() {
		Prediction.Value growth = prediction(Quantity.WAIT_GROWTH);
		double cap = 200 / 0.504;
		assertThat(value(growth, Lane.MVC, 800)).hasValue((800 - cap) / cap);
		assertThat(value(growth, Lane.MVC, 400)).isEmpty();
		assertThat(value(growth, Lane.WEBFLUX, 800)).isEmpty();
		assertThat(value(growth, Lane.LOOM, 800)).isEmpty();
	}

	@Test
	void aBurstTakesAsManyWavesAsThePoolNeeds() {
		Prediction.Value makespan = prediction("batch", Quantity.MAKESPAN);
		Parameters twenty = new Parameters(1000, 20);
		assertThat(makespan.model().value(burst(Lane.MVC, 10, twenty))).hasValue(1004);
		assertThat(makespan.model().value(burst(Lane.MVC, 40, twenty))).hasValue(2008);
		assertThat(makespan.model().value(burst(Lane.MVC, 50, twenty))).hasValue(3012);
		assertThat(makespan.model().value(burst(Lane.MVC, 50, new Parameters(1000, 1)))).hasValue(50_200);
		assertThat(makespan.model().value(burst(Lane.WEBFLUX, 50, twenty))).hasValue(1004);
		assertThat(makespan.model().value(burst(Lane.LOOM, 1, twenty))).isEmpty();
		Prediction.Value firstWave = prediction("workers", Quantity.FIRST_WAVE);
		assertThat(firstWave.model().value(burst(Lane.MVC, 5, new Parameters(1000, 4)))).hasValue(4);
		assertThat(firstWave.model().value(burst(Lane.LOOM, 5, new Parameters(1000, 4)))).hasValue(5);
	}

	@Test
	void aLimitOfEveryLaneIsPredictedForEveryLane() {
		Prediction.Value throughput = prediction("db-pool", Quantity.THROUGHPUT);
		Parameters parameters = new Parameters(50, 200).and(Parameter.DB_CONNECTIONS, 10);
		Bound bound = Bound.ofEveryLane(Parameter.DB_CONNECTIONS);
		for (Lane lane : Lane.values()) {
			assertThat(throughput.model().value(new Conditions(lane, "any", 1, 300, 0, bound, parameters, 0)))
				.hasValue(200);
			assertThat(throughput.model().value(new Conditions(lane, "any", 1, 100, 0, bound, parameters, 0)))
				.hasValue(100);
		}
	}

	@Test
	void aStepOfVariantsAsksForItsOwn() {
		Experiment fanOut = Catalogue.experiment("fan-out");
		Parameters parameters = fanOut.parameters(Profile.QUICK, Map.of());
		assertThat(fanOut.request("chain of 3", parameters)).isEqualTo(
				new Request("/api/chain?calls=3&delayMs=200", "{\"calls\":3,\"delayMs\":200,\"ids\":[0,1,2]}", 3, 3));
		assertThat(fanOut.serviceTime("chain of 10", parameters)).isEqualTo(Duration.ofSeconds(2));
		assertThat(fanOut.serviceTime("fan-out of 10", parameters)).isEqualTo(Duration.ofMillis(200));
		assertThat(fanOut.requests(fanOut.schedule(Profile.QUICK, parameters).warmUp().getFirst(), parameters))
			.hasSize(5)
			.allSatisfy((request) -> assertThat(request.target()).endsWith("delayMs=1"));
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

	private static Conditions burst(Lane lane, int users, Parameters parameters) {
		return new Conditions(lane, "any", 1, 0, users, Bound.THREADS, parameters, 0.004);
	}

	private static Prediction.Value prediction(Quantity quantity) {
		return prediction("slow-call", quantity);
	}

	private static Prediction.Value prediction(String experiment, Quantity quantity) {
		return Catalogue.experiment(experiment)
			.predictions()
			.stream()
			.filter((prediction) -> prediction.quantity() == quantity)
			.map(Prediction.Value.class::cast)
			.findFirst()
			.orElseThrow();
	}

	private static OptionalDouble value(Prediction.Value prediction, Lane lane, double offeredRps) {
		return prediction.model()
			.value(new Conditions(lane, "any", 1, offeredRps, 0, Bound.THREADS, new Parameters(500, 200), 0.004));
	}

}
