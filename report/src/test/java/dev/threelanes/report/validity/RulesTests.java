package dev.threelanes.report.validity;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Profile;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.simulation.SimulatedCell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class RulesTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@ParameterizedTest
	@EnumSource(Lane.class)
	void aHealthyCellBreaksNoRule(Lane lane) throws Exception {
		assertThat(check(SimulatedCell.of("slow-call", lane, 1))).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Lane.class)
	void ofAShortStepLittlesLawIsCheckedByItsFewSamples(Lane lane) throws Exception {
		LoadedCell cell = SimulatedCell.of("slow-call", lane, 1)
			.profile(Profile.SMOKE)
			.sampledEverySecond()
			.load(new RunFiles(this.folder));
		assertThat(new LittlesLawHolds().check(cell)).isEmpty();
		assertThat(new LittlesLawHolds().unchecked(cell)).isEmpty();
	}

	@ParameterizedTest(name = "{0}: {2}")
	@MethodSource("doctored")
	void aDoctoredCellBreaksItsOwnRuleOnly(String rule, UnaryOperator<SimulatedCell> doctor, String text)
			throws Exception {
		List<Reason> reasons = check(doctor.apply(SimulatedCell.of("slow-call", Lane.MVC, 1)));
		assertThat(reasons).isNotEmpty().allSatisfy((reason) -> {
			assertThat(reason.rule()).isEqualTo(rule);
			assertThat(reason.text()).contains(text);
		});
	}

	static Stream<Arguments> doctored() {
		JsonNode mvc = SimulatedCell.identity("mvc", "Tomcat", false, "aligned", 1);
		return Stream.of(doctored("offered-load", (cell) -> cell.startedShare(0.98), "98.0 % of the offered load"),
				doctored("start-lag", (cell) -> cell.startLagMs(60), "60 ms late or more; 50 ms are allowed"),
				doctored("conservation", (cell) -> cell.forget(3), "97 answered and 0 failed"),
				doctored("errors", (cell) -> cell.fail("status-503", 20), "% of the requests failed"),
				doctored("errors", (cell) -> cell.fail("wrong-answer", 1), "1 answers were wrong"),
				doctored("downstream", (cell) -> cell.downstreamOnTime(0.97), "97.0 %"),
				doctored("survival", (cell) -> cell.identities(mvc, null), "no more after it"),
				doctored("survival",
						(cell) -> cell.identities(mvc, SimulatedCell.identity("mvc", "Tomcat", false, "aligned", 2)),
						"another process"),
				doctored("identity", (cell) -> cell.identities(null, mvc), "did not say what it is"),
				doctored("identity",
						(cell) -> cell.identities(SimulatedCell.identity("mvc", "Tomcat", true, "aligned", 1), mvc),
						"'virtual' before the load, the lane says true, not false"),
				doctored("identity",
						(cell) -> cell.identities(mvc, SimulatedCell.identity("mvc", "Netty", false, "aligned", 1)),
						"'server' after the load, the lane says Netty, not Tomcat"),
				doctored("identity",
						(cell) -> cell.identities(SimulatedCell.identity("loom", "Tomcat", false, "aligned", 1), mvc),
						"says loom, not mvc"),
				doctored("identity",
						(cell) -> cell.identities(SimulatedCell.identity("mvc", "Tomcat", false, "stock", 1), mvc),
						"says stock, not aligned"),
				doctored("identity", (cell) -> cell.identities(mvc, smallerPool(mvc)),
						"'serverThreads' after the load, the lane says 100, not 200"),
				doctored("runner", (cell) -> cell.problem("The lane fell over"), "The lane fell over"));
	}

	// At the cap and past it users are answered at another rate than they come, so that
	// the generator does not tell how fast the machine is.
	@Test
	void whereTheMachineChangesItsSpeedTheLaneIsNotToBlame() throws Exception {
		assertThat(check(SimulatedCell.of("slow-call", Lane.MVC, 1).swing(0.8))).filteredOn(RulesTests::belowTheCap)
			.isNotEmpty()
			.allSatisfy((reason) -> {
				assertThat(reason.rule()).isEqualTo("machine");
				assertThat(reason.text()).contains("the machine changed its speed");
			});
	}

	@Test
	void aLaneWhoseRequestsCostMoreAndLessIsNotWarm() throws Exception {
		List<Reason> reasons = check(SimulatedCell.of("slow-call", Lane.MVC, 1).swingOfLane(0.8));
		assertThat(reasons).extracting(Reason::rule).containsOnly("warm");
		assertThat(reasons).filteredOn(RulesTests::belowTheCap)
			.isNotEmpty()
			.allSatisfy((reason) -> assertThat(reason.text()).contains("times the generator's within the step"));
		assertThat(reasons).filteredOn((reason) -> !belowTheCap(reason))
			.isNotEmpty()
			.allSatisfy((reason) -> assertThat(reason.text()).contains("The CPU time a request drifted"));
	}

	private static boolean belowTheCap(Reason reason) {
		return reason.step() != null && reason.step().startsWith("0.");
	}

	@ParameterizedTest
	@EnumSource(Lane.class)
	void healthyMixedTrafficBreaksNoRule(Lane lane) throws Exception {
		assertThat(check(SimulatedCell.of("blocked-loop", lane, 1))).isEmpty();
	}

	@Test
	void otherLoopsOrCarriersThanStatedAreAnotherLane() throws Exception {
		assertThat(check(SimulatedCell.of("blocked-loop", Lane.LOOM, 1).carriers(2))).extracting(Reason::text)
			.containsExactly("The JVM means to have 2 carriers of virtual threads, not 4");
		JsonNode webflux = SimulatedCell.identity("webflux", "Netty", false, "aligned", 1);
		ObjectNode two = (ObjectNode) webflux.deepCopy();
		((ObjectNode) two.path("limits")).put("eventLoops", 2);
		assertThat(check(SimulatedCell.of("blocked-loop", Lane.WEBFLUX, 1).identities(two, two)))
			.extracting(Reason::text)
			.contains("Asked for 'eventLoops' before the load, the lane says 2, not 4");
	}

	@Test
	void failuresPastTheCapAreAFindingAndNotAFault() throws Exception {
		List<Reason> reasons = check(SimulatedCell.of("slow-call", Lane.MVC, 1).fail("status-503", 20));
		assertThat(reasons).extracting(Reason::step)
			.containsExactly("0.25 x T/D", "0.50 x T/D", "0.75 x T/D", "1.00 x T/D");
	}

	@Test
	void wrongAnswersAreNeverAllowed() throws Exception {
		assertThat(check(SimulatedCell.of("slow-call", Lane.MVC, 1).fail("wrong-answer", 1))).extracting(Reason::step)
			.contains("2.00 x T/D")
			.hasSize(6);
	}

	@ParameterizedTest
	@EnumSource(Lane.class)
	void heldLoadThatIsHealthyBreaksNoRule(Lane lane) throws Exception {
		assertThat(check(SimulatedCell.of("c10k", lane, 1))).isEmpty();
		assertThat(check(SimulatedCell.of("wake-up", lane, 1))).isEmpty();
	}

	@Test
	void howManyOfTheHeldFailIsAFindingButAWrongAnswerIsAFault() throws Exception {
		assertThat(check(SimulatedCell.of("c10k", Lane.LOOM, 1).fail("no-answer", 1))).isEmpty();
		assertThat(check(SimulatedCell.of("c10k", Lane.LOOM, 1).fail("wrong-answer", 1))).extracting(Reason::rule)
			.containsOnly("errors");
	}

	@Test
	void whoCameTooLateToBeWokenBreaksTheStep() throws Exception {
		assertThat(check(SimulatedCell.of("wake-up", Lane.LOOM, 1).late(3))).isNotEmpty().allSatisfy((reason) -> {
			assertThat(reason.rule()).isEqualTo("waiting");
			assertThat(reason.text()).isEqualTo("3 callers were not waiting yet when everyone was woken");
		});
	}

	@Test
	void whatHasNoSteadyStateIsNotCheckedForOne() throws Exception {
		LoadedCell held = SimulatedCell.of("c10k", Lane.LOOM, 1).load(new RunFiles(this.folder));
		assertThat(Rules.all()).filteredOn((rule) -> !rule.unchecked(held).isEmpty())
			.extracting(Rule::id)
			.containsExactly("generator-cpu", "errors", "machine", "warm", "little");
	}

	@Test
	void aReferenceMustSayWhichItIs() throws Exception {
		assertThat(check(SimulatedCell.target("slow-call", "bare-netty", Lane.LOOM)
			.identities(SimulatedCell.reference("bare-netty"), SimulatedCell.reference("bare-netty")))).isEmpty();
		assertThat(check(SimulatedCell.target("slow-call", "bare-netty", Lane.LOOM)
			.identities(SimulatedCell.reference("bare-tomcat"), SimulatedCell.reference("bare-tomcat"))))
			.singleElement()
			.satisfies((reason) -> {
				assertThat(reason.rule()).isEqualTo("identity");
				assertThat(reason.text()).contains("says bare-tomcat, not bare-netty");
			});
		assertThat(check(SimulatedCell.target("slow-call", "bare-tomcat", Lane.LOOM).identities(null, null)))
			.extracting(Reason::text)
			.containsExactly("The reference did not say what it is before the load");
	}

	@Test
	void noPoolHoldsAReferenceBack() throws Exception {
		assertThat(
				SimulatedCell.target("slow-call", "bare-tomcat", Lane.LOOM).load(new RunFiles(this.folder)).bounded())
			.isFalse();
		assertThat(SimulatedCell.target("slow-call", "shop", Lane.LOOM).load(new RunFiles(this.folder)).bounded())
			.isTrue();
	}

	@Test
	void aReadersOwnTargetNeedNotSayWhatItIs() throws Exception {
		assertThat(check(SimulatedCell.target("slow-call", "shop", Lane.MVC).identities(null, null))).isEmpty();
	}

	@Test
	void everyRuleHasANameOfItsOwn() {
		assertThat(Rules.all()).extracting(Rule::id).doesNotHaveDuplicates().doesNotContain("files");
	}

	private List<Reason> check(SimulatedCell cell) throws Exception {
		return CheckedCell.of(List.of(cell.load(new RunFiles(this.folder)))).getFirst().reasons();
	}

	private static JsonNode smallerPool(JsonNode identity) {
		ObjectNode changed = (ObjectNode) identity.deepCopy();
		((ObjectNode) changed.path("limits")).put("serverThreads", 100);
		return changed;
	}

	private static Arguments doctored(String rule, UnaryOperator<SimulatedCell> doctor, String text) {
		return Arguments.of(rule, doctor, text);
	}

}
