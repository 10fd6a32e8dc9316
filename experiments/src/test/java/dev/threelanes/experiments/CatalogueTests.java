package dev.threelanes.experiments;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

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
	void blockersAndBystandersArriveByOneClock() {
		Experiment blockedLoop = Catalogue.experiment("blocked-loop");
		Parameters parameters = blockedLoop.parameters(Profile.QUICK, Map.of());
		Schedule schedule = blockedLoop.schedule(Profile.QUICK, parameters);
		assertThat(schedule.steps()).extracting(Step::name)
			.containsExactly("worker at 0.50 x L/D", "hello beside worker at 0.50 x L/D", "worker at 1.50 x L/D",
					"hello beside worker at 1.50 x L/D", "handler at 1.50 x L/D", "hello beside handler at 1.50 x L/D");
		assertThat(schedule.steps()).extracting((step) -> ((Step.Part) step).offeredRps())
			.containsExactly(20.0, 400.0, 60.0, 420.0, 60.0, 420.0);
		assertThat(schedule.together()).hasSize(5).last().asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(2);
		assertThat(schedule.duration(parameters))
			.isEqualTo(Duration.ofSeconds(18 + 10 + 3 * 6).plusMillis(5 * (100 + 500)));
		assertThat(blockedLoop.request("handler at 1.50 x L/D", parameters).target())
			.isEqualTo("/api/blocking?blockMs=100&where=handler");
		assertThat(blockedLoop.serviceTime("handler at 1.50 x L/D", parameters)).isEqualTo(Duration.ofMillis(100));
		assertThat(blockedLoop.serviceTime("hello beside handler at 1.50 x L/D", parameters)).isZero();
	}

	@Test
	void whoBlocksALoopIsCappedAndHoldsUpTheOthers() {
		Experiment blockedLoop = Catalogue.experiment("blocked-loop");
		String handler = "handler at 1.50 x L/D";
		String worker = "worker at 1.50 x L/D";
		double cap = 4 / (0.1 + 0.002);
		assertThat(predicted(blockedLoop, Quantity.THROUGHPUT, Lane.WEBFLUX, handler, 60)).containsExactly(cap);
		assertThat(predicted(blockedLoop, Quantity.THROUGHPUT, Lane.WEBFLUX, worker, 60)).containsExactly(60.0);
		assertThat(predicted(blockedLoop, Quantity.THROUGHPUT, Lane.MVC, handler, 60)).containsExactly(60.0);
		assertThat(predicted(blockedLoop, Quantity.WAIT_GROWTH, Lane.WEBFLUX, handler, 60))
			.containsExactly((60 - cap) / cap);
		assertThat(predicted(blockedLoop, Quantity.WAIT_GROWTH, Lane.WEBFLUX, worker, 60)).isEmpty();
		assertThat(predicted(blockedLoop, Quantity.WAIT_GROWTH, Lane.LOOM, handler, 60)).isEmpty();
		assertThat(predicted(blockedLoop, Quantity.MEDIAN_LATENCY, Lane.WEBFLUX, "hello beside " + handler, 420))
			.containsExactly(100.0);
		assertThat(predicted(blockedLoop, Quantity.MEDIAN_LATENCY, Lane.WEBFLUX, "hello beside " + worker, 420))
			.isEmpty();
		assertThat(predicted(blockedLoop, Quantity.P90_LATENCY, Lane.WEBFLUX, "hello beside " + handler, 420))
			.isEmpty();
		assertThat(predicted(blockedLoop, Quantity.P90_LATENCY, Lane.WEBFLUX, "hello beside " + worker, 420))
			.containsExactly(50.0);
		assertThat(predicted(blockedLoop, Quantity.P90_LATENCY, Lane.LOOM, "hello beside " + handler, 420))
			.containsExactly(50.0);
	}

	@Test
	void whoComputesStarvesThoseWhoShareItsLoopOrCarriers() {
		Experiment hog = Catalogue.experiment("cpu-hog");
		Parameters parameters = hog.parameters(Profile.QUICK, Map.of());
		assertThat(hog.schedule(Profile.QUICK, parameters).steps())
			.extracting((step) -> ((Step.Part) step).offeredRps())
			.containsExactly(1.0, 100.0, 1.0, 100.0);
		// D = 200 ms, h = 200 ms, P = 1 s: two stretches of 50 ms hold the slowest tenth.
		for (Lane lane : List.of(Lane.WEBFLUX, Lane.LOOM)) {
			assertThat(predicted(hog, parameters, Quantity.P90_LATENCY, lane, "calls beside hogs", 100, 0.2))
				.singleElement()
				.satisfies((limit) -> assertThat(limit).isEqualTo(350, within(1e-9)));
		}
		assertThat(predicted(hog, parameters, Quantity.P90_LATENCY, Lane.MVC, "calls beside hogs", 100, 0.2))
			.containsExactly(300.0);
		assertThat(predicted(hog, parameters, Quantity.P90_LATENCY, Lane.LOOM, "calls beside short ones", 100, 0.2))
			.containsExactly(300.0);
		assertThat(predicted(hog, parameters, Quantity.P90_LATENCY, Lane.LOOM, "hogs", 1, 0.2)).isEmpty();
		Parameters loops = parameters.with("loops", "2");
		assertThat(predicted(hog, loops, Quantity.P90_LATENCY, Lane.WEBFLUX, "calls beside hogs", 100, 0.2)).isEmpty();
		assertThat(predicted(hog, loops, Quantity.P90_LATENCY, Lane.LOOM, "calls beside hogs", 100, 0.2)).hasSize(1);
	}

	@Test
	void whatIsStarvedFollowsFromAnArrivalByArrivalReckoning() {
		double delay = 0.2;
		double hog = 0.2;
		double[] latencies = new double[1000];
		for (int i = 0; i < latencies.length; i++) {
			double start = i / 1000.0;
			// The hog computes from 0.5 to 0.7, and nothing else takes time.
			double sent = (start >= 0.5 && start < 0.5 + hog) ? 0.5 + hog : start;
			double back = sent + delay;
			latencies[i] = ((back >= 0.5 && back < 0.5 + hog) ? 0.5 + hog : back) - start;
		}
		Arrays.sort(latencies);
		Experiment experiment = Catalogue.experiment("cpu-hog");
		assertThat(predicted(experiment, experiment.parameters(Profile.QUICK, Map.of()), Quantity.P90_LATENCY,
				Lane.LOOM, "calls beside hogs", 100, hog))
			.singleElement()
			.satisfies((limit) -> assertThat(limit / 1000).isEqualTo(latencies[899], within(0.002)));
	}

	@Test
	void nobodyComputesForLongWhileALaneIsWarmedUp() {
		Experiment hog = Catalogue.experiment("cpu-hog");
		Parameters parameters = hog.parameters(Profile.QUICK, Map.of());
		for (Step.Open step : hog.schedule(Profile.QUICK, parameters).warmUp()) {
			assertThat(hog.requests(step, parameters)).extracting(Request::target)
				.contains("/api/cpu?rounds=500000")
				.doesNotContain("/api/cpu?rounds=40000000");
		}
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

	private static List<Double> predicted(Experiment experiment, Quantity quantity, Lane lane, String step,
			double offeredRps) {
		return predicted(experiment, experiment.parameters(Profile.QUICK, Map.of()), quantity, lane, step, offeredRps,
				0.002);
	}

	// What all predictions of a quantity say together.
	private static List<Double> predicted(Experiment experiment, Parameters parameters, Quantity quantity, Lane lane,
			String step, double offeredRps, double overheadSeconds) {
		Conditions conditions = new Conditions(lane, step, experiment.request(step, parameters).depth(), offeredRps, 0,
				experiment.bound(), parameters, overheadSeconds);
		return experiment.predictions()
			.stream()
			.filter((prediction) -> prediction.quantity() == quantity)
			.map((prediction) -> switch (prediction) {
				case Prediction.Value value -> value.model().value(conditions);
				case Prediction.Limit limit -> limit.model().value(conditions);
				case Prediction.Equivalence equivalence -> OptionalDouble.empty();
			})
			.flatMap((value) -> value.stream().boxed())
			.toList();
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
