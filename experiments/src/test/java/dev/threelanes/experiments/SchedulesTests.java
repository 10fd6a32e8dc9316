package dev.threelanes.experiments;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Under which load each experiment puts the lanes.
 */
class SchedulesTests {

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
	void whoIsAskedForAllOfTheLoadIsWarmedUpForIt() {
		Experiment slowCall = Catalogue.experiment("slow-call");
		Parameters declared = slowCall.parameters(Profile.SMOKE, Map.of());
		Parameters standing = declared.with("threads", "200");
		assertThat(slowCall.schedule(Profile.SMOKE, standing).warmUp())
			.isEqualTo(slowCall.schedule(Profile.QUICK, standing).warmUp());
		assertThat(slowCall.schedule(Profile.SMOKE, declared.with("threads", "40")).warmUp()).extracting(Step::duration)
			.containsExactly(Profile.SMOKE.warmUp(), Profile.SMOKE.settle());
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
	void heldLoadBeginsWithOneAndHoldsAsManyAsAskedFor() {
		Experiment c10k = Catalogue.experiment("c10k");
		Parameters parameters = c10k.parameters(Profile.QUICK, Map.of("requests", "9750"));
		assertThat(c10k.schedule(Profile.QUICK, parameters).steps()).containsExactly(
				new Step.Held("1 held", 1, Duration.ofSeconds(1)),
				new Step.Held("9750 held", 9750, Duration.ofSeconds(16)));
		assertThat(c10k.load().kind()).isEqualTo("held");
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

	private static List<Integer> waiters(Experiment experiment, Parameters parameters) {
		return experiment.schedule(Profile.QUICK, parameters)
			.steps()
			.stream()
			.map((step) -> ((Step.Waiting) step).users())
			.toList();
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
	void thePriceOfCompiledCodeIsAskedOfCompiledCode() {
		Experiment cost = Catalogue.experiment("cost");
		assertThat(cost.warmUp(Profile.QUICK)).isSameAs(Profile.FULL);
		assertThat(cost.warmUp(Profile.SMOKE)).isSameAs(Profile.SMOKE);
		assertThat(cost.seenBy("loom").warmUp(Profile.QUICK)).isSameAs(Profile.FULL);
	}

	@Test
	void theLongestQueueOfABatchIsAnsweredInTime() {
		Experiment batch = Catalogue.experiment("batch");
		assertThat(batch.timeLimit(batch.parameters(Profile.FULL, Map.of()))).isGreaterThan(Duration.ofSeconds(50 * 5));
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
	void whatWarmsTheGeneratorLeavesAColdLaneAlone() {
		Experiment warmUp = Catalogue.experiment("warm-up");
		Parameters parameters = warmUp.parameters(Profile.QUICK, Map.of());
		Schedule schedule = warmUp.schedule(Profile.QUICK, parameters);
		assertThat(schedule.steps()).containsExactly(new Step.Open("cold start", 100, Duration.ofSeconds(36)));
		assertThat(schedule.warmUp()).isNotEmpty()
			.allSatisfy((step) -> assertThat(warmUp.requests(step, parameters)).extracting(Request::target)
				.allMatch((target) -> target.startsWith("/delay/")));
		assertThat(warmUp.requests(schedule.steps().getFirst(), parameters)).containsExactly(Request.call(50));
		assertThat(Catalogue.experiments()).filteredOn(Experiment::cold)
			.extracting(Experiment::id)
			.containsExactly("warm-up", "start-up");
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

}
