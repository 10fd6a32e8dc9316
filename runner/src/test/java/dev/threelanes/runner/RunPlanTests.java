package dev.threelanes.runner;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Reference;
import dev.threelanes.experiments.Settings;
import dev.threelanes.experiments.Setup;
import dev.threelanes.runner.RunPlan.PlannedCell;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RunPlanTests {

	@Test
	void sameSeedGivesSameOrder() {
		assertThat(names(plan(Profile.FULL, 42))).isEqualTo(names(plan(Profile.FULL, 42)));
	}

	@Test
	void seedsGiveEveryOrderOfLanes() {
		Set<List<String>> orders = LongStream.range(0, 100)
			.mapToObj((seed) -> names(plan(Profile.QUICK, seed)))
			.collect(Collectors.toSet());
		assertThat(orders).hasSize(6);
	}

	@Test
	void everyForkHasEveryLaneBeforeTheNextForkBegins() {
		List<PlannedCell> cells = plan(Profile.FULL, 7).cells();
		assertThat(cells).hasSize(3 * Profile.FULL.forks());
		for (int fork = 1; fork <= Profile.FULL.forks(); fork++) {
			List<PlannedCell> block = cells.subList((fork - 1) * 3, fork * 3);
			assertThat(block).extracting(PlannedCell::fork).containsOnly(fork);
			assertThat(block).extracting((cell) -> cell.subject().id())
				.containsExactlyInAnyOrder("mvc", "webflux", "loom");
		}
	}

	@Test
	void whenAChangeDoesNotFitRefusesBeforeAnythingStarts() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RunPlan(List.of(Catalogue.experiment("slow-call")), Profile.QUICK, List.of(Lane.MVC),
					List.of(), Settings.ALIGNED, 1, Map.of("delayMs", "0"), Cores.SHARED, 1))
			.withMessage("delayMs must be between 1 and 30000, not 0");
	}

	@Test
	void aLoadCanBeSharedByAsManyInjectorsAsEveryStepHasUsers() {
		RunPlan plan = plan(Profile.SMOKE, 1);
		assertThat(plan.cells()).noneMatch(PlannedCell::shared);
		RunPlan shared = plan.sharedBy(3);
		assertThat(shared.cells()).allSatisfy((cell) -> assertThat(cell.injectors()).isEqualTo(3));
		assertThat(shared.expectedSeconds()).isGreaterThan(plan.expectedSeconds());
		assertThat(shared.written().injectors()).isEqualTo(3);
		assertThat(plan.written().injectors()).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> plan.sharedBy(65))
			.withMessage("injectors must be between 1 and 64, not 65");
		assertThatIllegalArgumentException().isThrownBy(() -> plan.sharedBy(31))
			.withMessageContaining("slow-call cannot be shared by 31 injectors: its step '0.25 x T/D' has 30 of them "
					+ "as its bound");
	}

	@Test
	void countsTheBacklogOfAFullPool() {
		List<PlannedCell> cells = plan(Profile.QUICK, 1).cells();
		// 6 s at 800/s into a pool that carries 400/s, and 800/s for half a second.
		assertThat(mostInFlight(cells, Lane.MVC)).isEqualTo(2400 + 400);
		assertThat(mostInFlight(cells, Lane.LOOM)).isEqualTo(400);
	}

	@Test
	void aLaneThatHoldsRequestsNeedsConnectionsForEach() {
		PlannedCell held = new RunPlan(List.of(Catalogue.experiment("c10k")), Profile.QUICK, List.of(Lane.LOOM),
				List.of(), Settings.ALIGNED, 1, Map.of("requests", "800"), Cores.SHARED, 1)
			.cells()
			.getFirst();
		assertThat(held.mostInFlight()).isEqualTo(800);
		assertThat(held.descriptors()).isEqualTo(2 * 800 + 500);
	}

	@Test
	void usersWhoComputeFollowTheProcessorsOfTheMachine() {
		int processors = Runtime.getRuntime().availableProcessors();
		assertThat(cpuBound(Map.of()).value(Parameter.PROCESSORS)).isEqualTo(processors);
		assertThat(cpuBound(Map.of("processors", "3")).value(Parameter.PROCESSORS)).isEqualTo(3);
	}

	@Test
	void noExperimentTakesMoreThanElevenMinutesInTheQuickProfile() {
		assertThat(Catalogue.experiments()).allSatisfy((experiment) -> {
			RunPlan quick = new RunPlan(List.of(experiment), Profile.QUICK, List.of(Lane.values()), List.of(),
					Settings.ALIGNED, 1, Map.of(), Cores.SHARED, 1);
			assertThat(quick.expectedSeconds()).as(experiment.id()).isBetween(30.0, 11 * 60.0);
		});
	}

	@Test
	void countsBystandersWhoAreHeldUp() {
		RunPlan plan = new RunPlan(List.of(Catalogue.experiment("blocked-loop")), Profile.QUICK, List.of(Lane.values()),
				List.of(), Settings.ALIGNED, 1, Map.of(), Cores.SHARED, 1);
		// 6 s at 60/s into loops that carry 40/s leave 3 s of work for 480 users a
		// second.
		assertThat(mostInFlight(plan.cells(), Lane.WEBFLUX)).isEqualTo(1488);
		assertThat(mostInFlight(plan.cells(), Lane.MVC)).isEqualTo(48);
	}

	@Test
	void everyLaneIsToldHowManyLoopsItHasWhereThatIsStated() {
		Parameters parameters = new Parameters(50, 200).and(Parameter.LOOPS, 3);
		assertThat(LaneProcess.flags(Settings.ALIGNED, Setup.AS_ALL, parameters)).containsAll(JavaCommand.LANE_FLAGS)
			.endsWith("-Dreactor.netty.ioWorkerCount=3", "-Djdk.virtualThreadScheduler.parallelism=3");
		assertThat(LaneProcess.flags(Settings.STOCK, Setup.AS_ALL, parameters)).isEqualTo(JavaCommand.LANE_FLAGS);
		assertThat(LaneProcess.flags(Settings.ALIGNED, Setup.AS_ALL, new Parameters(50, 200)))
			.isEqualTo(JavaCommand.LANE_FLAGS);
	}

	private static Parameters cpuBound(Map<String, String> changes) {
		return new RunPlan(List.of(Catalogue.experiment("cpu-bound")), Profile.QUICK, List.of(Lane.MVC), List.of(),
				Settings.ALIGNED, 1, changes, Cores.SHARED, 1)
			.cells()
			.getFirst()
			.parameters();
	}

	@Test
	void whatTheMachineLacksIsToldAndNotPlanned() {
		RunPlan plan = new RunPlan(List.of(Catalogue.experiment("pinning")), Profile.QUICK, List.of(Lane.LOOM),
				List.of(), Settings.ALIGNED, 1, Map.of(), Cores.SHARED, 1);
		boolean there = Jdk.find(21).isPresent();
		assertThat(plan.cells().stream().anyMatch((cell) -> cell.subject().id().equals("loom-jdk21"))).isEqualTo(there);
		assertThat(plan.leftOut()).isEqualTo(there ? Map.of() : Map.of("pinning/loom-jdk21",
				"there is no JDK 21 on this machine: install one, or set JAVA21_HOME to it"));
	}

	@Test
	void aContenderIsPlannedWithItsOwnBound() {
		RunPlan plan = new RunPlan(List.of(Catalogue.experiment("pinning")), Profile.QUICK, List.of(Lane.LOOM),
				List.of(), Settings.ALIGNED, 1, Map.of(), Cores.SHARED, 1);
		Map<String, Boolean> bounded = plan.cells()
			.stream()
			.collect(Collectors.toMap((cell) -> cell.subject().id(),
					(cell) -> cell.subject().boundedBy(cell.experiment().bound())));
		assertThat(bounded).containsEntry("loom", false).containsEntry("loom-native", true);
	}

	@Test
	void referencesAreMeasuredWhereOneCallIsAllThatIsAskedFor() {
		RunPlan plan = new RunPlan(
				List.of(Catalogue.experiment("cost"), Catalogue.experiment("held"), Catalogue.experiment("fan-out")),
				Profile.QUICK, List.of(Lane.LOOM), List.of(), Settings.ALIGNED, 1, Map.of(), Cores.SHARED, 1);
		RunPlan beside = plan.beside(List.of(Reference.values()));
		assertThat(names(plan)).containsExactlyInAnyOrder("cost/loom/1", "held/loom/1", "fan-out/loom/1");
		assertThat(names(beside)).containsExactlyInAnyOrder("cost/loom/1", "cost/bare-netty/1", "cost/bare-tomcat/1",
				"held/loom/1", "held/bare-netty/1", "held/bare-tomcat/1", "fan-out/loom/1");
		assertThat(plan.leftOut()).isEmpty();
		assertThat(beside.leftOut())
			.isEqualTo(Map.of("fan-out/bare-netty", "it does nothing but call the downstream once",
					"fan-out/bare-tomcat", "it does nothing but call the downstream once"));
		assertThat(plan.written().references()).isNull();
		assertThat(beside.written().references()).containsExactly("bare-netty", "bare-tomcat");
		assertThat(beside.cells()).filteredOn((cell) -> cell.subject().id().equals("bare-netty"))
			.allSatisfy((cell) -> assertThat(cell.subject().boundedBy(cell.experiment().bound())).isFalse());
	}

	private static long mostInFlight(List<PlannedCell> cells, Lane lane) {
		return cells.stream()
			.filter((cell) -> cell.subject().id().equals(lane.id()))
			.mapToLong(PlannedCell::mostInFlight)
			.max()
			.orElseThrow();
	}

	private static List<String> names(RunPlan plan) {
		return plan.cells().stream().map(PlannedCell::toString).toList();
	}

	private static RunPlan plan(Profile profile, long seed) {
		return new RunPlan(List.of(Catalogue.experiment("slow-call")), profile, List.of(Lane.values()), List.of(),
				Settings.ALIGNED, profile.forks(), Map.of(), Cores.SHARED, seed);
	}

}
