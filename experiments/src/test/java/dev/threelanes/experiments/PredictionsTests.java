package dev.threelanes.experiments;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What each experiment predicts, worked out by hand.
 */
class PredictionsTests {

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
	void ofTheHeldOnlyThoseWaitWhoFindNoThread() {
		Prediction.Value makespan = prediction("c10k", Quantity.MAKESPAN);
		Prediction.Value inFlight = prediction("c10k", Quantity.IN_FLIGHT);
		Parameters parameters = new Parameters(20_000, 200);
		// The last to come is the last of the second wave, whose place the 200th of 400
		// leaves: 199/400 of fifteen seconds, and two waves.
		assertThat(makespan.model().value(burst(Lane.MVC, 400, parameters)))
			.hasValueCloseTo(1000 * (7.4625 + 2 * 20.004), within(1e-6));
		assertThat(makespan.model().value(burst(Lane.LOOM, 400, parameters))).hasValueCloseTo(1000 * (14.9625 + 20.004),
				within(1e-6));
		assertThat(makespan.model().value(burst(Lane.LOOM, 1, parameters))).isEmpty();
		assertThat(inFlight.model().value(burst(Lane.MVC, 400, parameters))).hasValue(200);
		assertThat(inFlight.model().value(burst(Lane.WEBFLUX, 400, parameters))).hasValue(400);
		assertThat(prediction("c10k", Quantity.FAILURES).model().value(burst(Lane.MVC, 400, parameters))).hasValue(0);
	}

	@Test
	void twoAreWokenAndThenEveryoneElse() {
		Parameters parameters = new Parameters(1000, 200);
		assertThat(prediction("wake-up", Quantity.WOKEN_FIRST).model().value(burst(Lane.LOOM, 100, parameters)))
			.hasValue(2);
		assertThat(prediction("wake-up", Quantity.WOKEN_THEN).model().value(burst(Lane.LOOM, 100, parameters)))
			.hasValue(98);
		assertThat(prediction("wake-up", Quantity.WOKEN_THEN).model().value(burst(Lane.LOOM, 1, parameters)))
			.hasValue(0);
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
	void jvmsBehindABalancerHaveTheirPlacesTogether() {
		Prediction.Value makespan = prediction("batch", Quantity.MAKESPAN);
		Parameters four = new Parameters(1000, 5).and(Parameter.JVMS, 4);
		assertThat(Bound.THREADS.rps(four)).isEqualTo(20);
		assertThat(makespan.model().value(burst(Lane.MVC, 20, four))).hasValue(1004);
		assertThat(makespan.model().value(burst(Lane.MVC, 30, four))).hasValue(2008);
		assertThat(makespan.model().value(burst(Lane.MVC, 50, four))).hasValue(3012);
	}

	@Test
	void threeRequestsTakeThreeWavesBehindALockAndTwoBehindASemaphoreOfTwo() {
		Prediction.Value makespan = prediction("lock", Quantity.MAKESPAN);
		Prediction.Value firstWave = prediction("lock", Quantity.FIRST_WAVE);
		for (Lane lane : Lane.values()) {
			Conditions lock = permits(lane, 1);
			assertThat(makespan.model().value(lock)).hasValue(3012);
			assertThat(firstWave.model().value(lock)).hasValue(1);
			Conditions semaphore = permits(lane, 2);
			assertThat(makespan.model().value(semaphore)).hasValue(2008);
			assertThat(firstWave.model().value(semaphore)).hasValue(2);
		}
	}

	@Test
	void whatComputesIsCappedByTheProcessors() {
		Prediction.Value throughput = prediction("mixed", Quantity.THROUGHPUT);
		Parameters parameters = new Parameters(500, 100).and(Parameter.ROUNDS, 1).and(Parameter.PROCESSORS, 2);
		assertThat(throughput.model().value(mixed(Lane.LOOM, 1000, parameters))).hasValue(2 / 0.004);
		assertThat(throughput.model().value(mixed(Lane.LOOM, 300, parameters))).hasValue(300);
		assertThat(throughput.model().value(mixed(Lane.MVC, 1000, parameters))).hasValue(100 / 0.504);
	}

	@Test
	void admissionControlKeepsWhatIsLostWithoutIt() {
		Experiment overload = Catalogue.experiment("overload");
		Parameters without = overload.parameters(Profile.QUICK, Map.of());
		Parameters with = overload.contender("mvc-30").orElseThrow().parameters(without);
		double cap = 25 / 0.254;
		Prediction.Value throughput = prediction("overload", Quantity.THROUGHPUT);
		assertThat(throughput.model().value(overload(200, with))).hasValue(cap);
		assertThat(throughput.model().value(overload(90, with))).hasValue(90);
		assertThat(throughput.model().value(overload(200, without))).isEmpty();
		assertThat(throughput.model().value(overload(200, with.with("admitted", "5")))).hasValueCloseTo(5 / 0.254,
				within(1e-9));
		Prediction.Value late = prediction("overload", Quantity.LATE_THROUGHPUT);
		assertThat(late.model().value(overload(200, without))).hasValue(0);
		assertThat(late.model().value(overload(90, without))).isEmpty();
		assertThat(late.model().value(overload(200, with))).isEmpty();
		Prediction.Value prompt = prediction("overload", Quantity.PROMPT_REFUSALS);
		assertThat(prompt.model().value(overload(200, with))).hasValue(100);
		assertThat(prompt.model().value(overload(90, with))).isEmpty();
		assertThat(overload.timeLimit(with)).isEqualTo(Duration.ofMillis(500));
		assertThat(Catalogue.experiment("slow-call").timeLimit(with)).isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	void onlyPinnedThreadsAreCountedByTheirCarriers() {
		Prediction.Value makespan = prediction("pinning", Quantity.MAKESPAN);
		Parameters four = new Parameters(500, 200).and(Parameter.LOOPS, 4);
		assertThat(makespan.model().value(burst("pinning", "loom", Lane.LOOM, 40, four))).hasValue(504);
		assertThat(makespan.model().value(burst("pinning", "mvc", Lane.MVC, 40, four))).hasValue(504);
		assertThat(makespan.model().value(burst("pinning", "loom-jdk21", Lane.LOOM, 40, four))).hasValue(5040);
		assertThat(makespan.model().value(burst("pinning", "loom-native", Lane.LOOM, 4, four))).hasValue(504);
		assertThat(makespan.model().value(burst("pinning", "loom-native", Lane.LOOM, 1, four))).isEmpty();
	}

	@Test
	void aDefaultCapsTheContenderThatHasItAndNoOther() {
		assertThat(stockDefaults("mvc", Lane.MVC, 300)).hasValue(250);
		assertThat(stockDefaults("webflux", Lane.WEBFLUX, 300)).hasValue(300);
		assertThat(stockDefaults("loom", Lane.LOOM, 300)).hasValue(300);
		assertThat(stockDefaults("mvc-stock", Lane.MVC, 300)).hasValue(2.5);
		assertThat(stockDefaults("webflux-stock", Lane.WEBFLUX, 300)).hasValue(250);
		assertThat(stockDefaults("loom-stock", Lane.LOOM, 300)).hasValue(2.5);
	}

	private static OptionalDouble stockDefaults(String contender, Lane lane, double offeredRps) {
		Experiment seen = Catalogue.experiment("stock-defaults").seenBy(contender);
		Parameters parameters = seen.contender(contender)
			.orElseThrow()
			.parameters(seen.parameters(Profile.QUICK, Map.of()));
		return prediction("stock-defaults", Quantity.THROUGHPUT).model()
			.value(new Conditions(lane, "any", 1, offeredRps, 0, seen.bound(), parameters, 0));
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
				case Prediction.Best best -> OptionalDouble.empty();
			})
			.flatMap((value) -> value.stream().boxed())
			.toList();
	}

	private static Conditions burst(Lane lane, int users, Parameters parameters) {
		return new Conditions(lane, "any", 1, 0, users, Bound.THREADS, parameters, 0.004);
	}

	private static Conditions burst(String experiment, String contender, Lane lane, int users, Parameters parameters) {
		return new Conditions(lane, "any", 1, 0, users, Catalogue.experiment(experiment).seenBy(contender).bound(),
				parameters, 0.004);
	}

	private static Conditions overload(double rps, Parameters parameters) {
		return new Conditions(Lane.MVC, "any", 1, rps, 0, Bound.ofEveryLane(Parameter.CONNECTIONS), parameters, 0.004);
	}

	private static Conditions permits(Lane lane, int permits) {
		return new Conditions(lane, "any", 1, 0, 3, Bound.ofEveryLane(Parameter.PERMITS),
				new Parameters(1000, 200).and(Parameter.PERMITS, permits), 0.004);
	}

	private static Conditions mixed(Lane lane, double offeredRps, Parameters parameters) {
		return new Conditions(lane, "any", 1, offeredRps, 0, Bound.THREADS, parameters, 0.004);
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
