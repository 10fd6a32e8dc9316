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
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

class CatalogueTests {

	@Test
	void findsExperimentsByName() {
		assertThat(Catalogue.experiments()).extracting(Experiment::id)
			.doesNotHaveDuplicates()
			.containsExactly("slow-call", "low-load", "workers", "batch", "thread-sweep", "c10k", "fan-out", "lock",
					"permits", "wake-up", "client-pool", "db-pool", "db-sweep", "overload", "stall", "stock-defaults",
					"blocked-loop", "cpu-hog", "cpu-bound", "mixed", "pinning", "warm-up", "clients", "control");
		assertThat(Catalogue.experiment("low-load").id()).isEqualTo("low-load");
	}

	@Test
	void whenExperimentIsUnknownNamesThoseThatExist() {
		assertThatIllegalArgumentException().isThrownBy(() -> Catalogue.experiment("slow"))
			.withMessage("There is no experiment 'slow'; the experiments are "
					+ "slow-call, low-load, workers, batch, thread-sweep, c10k, fan-out, lock, permits, wake-up, client-pool, db-pool, db-sweep, overload, stall, stock-defaults, blocked-loop, cpu-hog, cpu-bound, mixed, pinning, warm-up, clients, control");
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
		assertThat(schedule.warmUp()).containsExactly(new Step.Open(Step.WARM_UP, 70, 700, Duration.ofSeconds(18)),
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
	void heldLoadBeginsWithOneAndHoldsAsManyAsAskedFor() {
		Experiment c10k = Catalogue.experiment("c10k");
		Parameters parameters = c10k.parameters(Profile.QUICK, Map.of("requests", "9750"));
		assertThat(c10k.schedule(Profile.QUICK, parameters).steps()).containsExactly(
				new Step.Held("1 held", 1, Duration.ofSeconds(10)),
				new Step.Held("9750 held", 9750, Duration.ofSeconds(10)));
		assertThat(c10k.load().kind()).isEqualTo("held");
	}

	@Test
	void ofTheHeldOnlyThoseWaitWhoFindNoThread() {
		Prediction.Value makespan = prediction("c10k", Quantity.MAKESPAN);
		Prediction.Value inFlight = prediction("c10k", Quantity.IN_FLIGHT);
		Parameters parameters = new Parameters(20_000, 200);
		// The last to come is the last of the second wave, whose place the 200th of 400
		// leaves: 199/400 of ten seconds, and two waves.
		assertThat(makespan.model().value(burst(Lane.MVC, 400, parameters)))
			.hasValueCloseTo(1000 * (4.975 + 2 * 20.004), within(1e-6));
		assertThat(makespan.model().value(burst(Lane.LOOM, 400, parameters))).hasValueCloseTo(1000 * (9.975 + 20.004),
				within(1e-6));
		assertThat(makespan.model().value(burst(Lane.LOOM, 1, parameters))).isEmpty();
		assertThat(inFlight.model().value(burst(Lane.MVC, 400, parameters))).hasValue(200);
		assertThat(inFlight.model().value(burst(Lane.WEBFLUX, 400, parameters))).hasValue(400);
		assertThat(prediction("c10k", Quantity.FAILURES).model().value(burst(Lane.MVC, 400, parameters))).hasValue(0);
	}

	@Test
	void waitersAreAsManyAsAskedForAndFewerBefore() {
		Experiment wakeUp = Catalogue.experiment("wake-up");
		Parameters parameters = wakeUp.parameters(Profile.QUICK, Map.of());
		assertThat(waiters(wakeUp, parameters)).containsExactly(10, 100, 1000, 10_000);
		assertThat(waiters(wakeUp, wakeUp.contender("mvc").orElseThrow().parameters(parameters))).containsExactly(10,
				100, 199);
		assertThat(waiters(wakeUp, parameters.with("requests", "100"))).containsExactly(10, 100);
		assertThat(wakeUp.requests(wakeUp.schedule(Profile.QUICK, parameters).warmUp().getFirst(), parameters))
			.containsExactly(new Request("/api/events/next?timeoutMs=1", null, 1, 1, 204));
		assertThat(wakeUp.request("10 waiting", parameters).target()).isEqualTo("/api/events/next?timeoutMs=120000");
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

	private static List<Integer> waiters(Experiment experiment, Parameters parameters) {
		return experiment.schedule(Profile.QUICK, parameters)
			.steps()
			.stream()
			.map((step) -> ((Step.Waiting) step).users())
			.toList();
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
	void usersWhoComputeFollowTheProcessors() {
		Experiment cpuBound = Catalogue.experiment("cpu-bound");
		Parameters eight = cpuBound.parameters(Profile.QUICK, Map.of("processors", "8"));
		assertThat(cpuBound.schedule(Profile.QUICK, eight).steps()).extracting(Step::name)
			.containsExactly("1 users", "8 users", "32 users", "128 users");
		Parameters one = cpuBound.parameters(Profile.QUICK, Map.of("processors", "1"));
		assertThat(cpuBound.schedule(Profile.QUICK, one).steps()).extracting(Step::name)
			.containsExactly("1 users", "4 users", "16 users");
	}

	@Test
	void whatPlacesDecideNeedsNoLongWarmUp() {
		assertThat(List.of("workers", "batch", "lock", "permits", "client-pool", "db-pool", "db-sweep", "thread-sweep"))
			.map(Catalogue::experiment)
			.allSatisfy((experiment) -> {
				assertThat(experiment.warmUp(Profile.QUICK)).isSameAs(Profile.SMOKE);
				assertThat(experiment.warmUp(Profile.FULL)).isSameAs(Profile.FULL);
			});
		assertThat(List.of("slow-call", "low-load", "fan-out", "cpu-bound", "mixed", "control"))
			.map(Catalogue::experiment)
			.allSatisfy((experiment) -> assertThat(experiment.warmUp(Profile.QUICK)).isSameAs(Profile.QUICK));
	}

	@Test
	void theLongestQueueOfABatchIsAnsweredInTime() {
		Experiment batch = Catalogue.experiment("batch");
		assertThat(batch.timeLimit(batch.parameters(Profile.FULL, Map.of()))).isGreaterThan(Duration.ofSeconds(50 * 5));
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
	void theDownstreamFailsInTheMiddleOfAStep() {
		Experiment stall = Catalogue.experiment("stall");
		Parameters parameters = stall.parameters(Profile.QUICK, Map.of());
		assertThat(stall.failsDownstream()).isTrue();
		assertThat(stall.schedule(Profile.QUICK, parameters).steps()).extracting(Step::name, Step::duration)
			.containsExactly(tuple("hang", Duration.ofSeconds(32)), tuple("reset", Duration.ofSeconds(32)),
					tuple("slow", Duration.ofSeconds(32)));
		Outage slow = stall.outage("slow", parameters).orElseThrow();
		assertThat(slow).isEqualTo(new Outage(new Fault.Slow(Duration.ofSeconds(1)), Duration.ofSeconds(10),
				Duration.ofSeconds(10), Duration.ofSeconds(2)));
		assertThat(slow.target()).isEqualTo("/faults?kind=slow&byMs=1000&forMs=10000");
		assertThat(stall.outage("hang", parameters).orElseThrow().target()).isEqualTo("/faults?kind=hang&forMs=10000");
		assertThat(stall.outage(Step.SETTLE, parameters)).isEmpty();
		assertThat(stall.schedule(Profile.QUICK, parameters).steps().getFirst().mostRequests()).isGreaterThan(1600);
	}

	@Test
	void noPoolOfThreadsFillsUpInAStall() {
		Experiment stall = Catalogue.experiment("stall");
		for (Profile profile : Profile.values()) {
			Parameters parameters = stall.parameters(profile, Map.of());
			double held = ((Step.Open) stall.schedule(profile, parameters).steps().getFirst()).offeredRps()
					* parameters.value(Parameter.TIMEOUT_MS) / 1000;
			assertThat(held).isLessThan(parameters.threads());
		}
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
	void whatWarmsTheGeneratorLeavesAColdLaneAlone() {
		Experiment warmUp = Catalogue.experiment("warm-up");
		Parameters parameters = warmUp.parameters(Profile.QUICK, Map.of());
		Schedule schedule = warmUp.schedule(Profile.QUICK, parameters);
		assertThat(schedule.steps()).containsExactly(new Step.Open("cold start", 100, Duration.ofSeconds(36)));
		assertThat(schedule.warmUp()).isNotEmpty()
			.allSatisfy((step) -> assertThat(warmUp.requests(step, parameters)).extracting(Request::target)
				.allMatch((target) -> target.startsWith("/delay/")));
		assertThat(warmUp.requests(schedule.steps().getFirst(), parameters)).containsExactly(Request.call(50));
		assertThat(Catalogue.experiments()).filteredOn(Experiment::cold).containsExactly(warmUp);
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
	void onlyStallNeedsADownstreamThatFails() {
		assertThat(Catalogue.experiments()).filteredOn(Experiment::failsDownstream)
			.extracting(Experiment::id)
			.containsExactly("stall");
		assertThat(Catalogue.experiment("fan-out").outage("chain of 3", new Parameters(200, 200))).isEmpty();
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

	private static Conditions burst(String experiment, String contender, Lane lane, int users, Parameters parameters) {
		return new Conditions(lane, "any", 1, 0, users, Catalogue.experiment(experiment).seenBy(contender).bound(),
				parameters, 0.004);
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
