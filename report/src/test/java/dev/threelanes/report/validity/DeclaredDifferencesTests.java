package dev.threelanes.report.validity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.simulation.SimulatedCell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A difference that an experiment declares is wanted, and any other is not.
 */
class DeclaredDifferencesTests {

	private static final String NATIVE = "-Djdk.reflect.useNativeAccessorOnly=true";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void declaredFlagsAndJvmsAreNoBreach() throws Exception {
		assertThat(reasons(loom(), contender("loom-jdk21"), contender("loom-native"))).isEmpty();
	}

	@Test
	void flagThatNobodyDeclaredIsABreach() throws Exception {
		assertThat(reasons(loom(), contender("loom-native").flags("-Xmx9g", NATIVE))).singleElement()
			.satisfies((reason) -> assertThat(reason.text()).contains("other JVM flags", "-Xmx9g"));
	}

	@Test
	void declaredFlagThatIsMissingIsABreach() throws Exception {
		assertThat(reasons(loom(), contender("loom-native").flags("-Xmx512m"))).singleElement()
			.satisfies((reason) -> assertThat(reason.text()).contains("was to be measured with the JVM flags", NATIVE));
	}

	@Test
	void anotherJvmThanTheDeclaredIsABreach() throws Exception {
		SimulatedCell newest = contender("loom-jdk21").identities(
				SimulatedCell.identity("loom", "Tomcat", true, "aligned", 1),
				SimulatedCell.identity("loom", "Tomcat", true, "aligned", 1));
		assertThat(reasons(loom(), newest)).extracting(Reason::rule).containsExactly("identity", "identity");
	}

	@Test
	void declaredCollectorIsNoBreach() throws Exception {
		assertThat(reasons(SimulatedCell.of("choices", Lane.LOOM, 1),
				withCollectors("loom-parallel", "PS Scavenge", "PS MarkSweep"),
				withCollectors("loom-zgc", "ZGC Minor Cycles", "ZGC Major Pauses")))
			.isEmpty();
	}

	@Test
	void anotherCollectorThanTheDeclaredIsABreach() throws Exception {
		assertThat(reasons(SimulatedCell.of("choices", Lane.LOOM, 1),
				withCollectors("loom-zgc", "PS Scavenge", "PS MarkSweep")))
			.hasSize(2)
			.allSatisfy((reason) -> assertThat(reason.text()).contains("[PS Scavenge, PS MarkSweep], and ZGC"));
	}

	@Test
	void settingsThatNobodyDeclaredAreABreach() throws Exception {
		SimulatedCell stock = contender("loom-native").settings("stock")
			.identities(SimulatedCell.identity("loom", "Tomcat", true, "stock", 1),
					SimulatedCell.identity("loom", "Tomcat", true, "stock", 1));
		assertThat(reasons(loom(), stock)).singleElement()
			.satisfies((reason) -> assertThat(reason.text()).contains("other settings", "stock, not aligned"));
	}

	@Test
	void declaredSettingsStandSideBySide() throws Exception {
		assertThat(reasons(SimulatedCell.of("stock-defaults", Lane.MVC, 1),
				SimulatedCell.of("stock-defaults", "mvc-stock", Lane.MVC, 1),
				SimulatedCell.of("stock-defaults", "webflux-stock", Lane.WEBFLUX, 1)))
			.isEmpty();
	}

	@Test
	void declaredSettingsMustBeThose() throws Exception {
		SimulatedCell aligned = SimulatedCell.of("stock-defaults", "loom-stock", Lane.LOOM, 1)
			.settings("aligned")
			.identities(SimulatedCell.identity("loom", "Tomcat", true, "aligned", 1),
					SimulatedCell.identity("loom", "Tomcat", true, "aligned", 1));
		assertThat(reasons(SimulatedCell.of("stock-defaults", Lane.LOOM, 1), aligned))
			.anySatisfy((reason) -> assertThat(reason.text())
				.isEqualTo("It was started with settings aligned, and the experiment wants stock of it"));
	}

	@Test
	void aDefaultThatIsNotWhatTheExperimentSaysIsABreach() throws Exception {
		SimulatedCell other = SimulatedCell.of("stock-defaults", "mvc-stock", Lane.MVC, 1)
			.identities(stockWithThreads(100), stockWithThreads(100));
		assertThat(reasons(other)).extracting(Reason::text)
			.contains("Asked for 'serverThreads' before the load, the lane says 100, not 200");
	}

	private static JsonNode stockWithThreads(int threads) {
		ObjectNode changed = (ObjectNode) SimulatedCell.identity("mvc", "Tomcat", false, "stock", 1).deepCopy();
		((ObjectNode) changed.path("limits")).put("serverThreads", threads);
		return changed;
	}

	private static SimulatedCell loom() {
		return SimulatedCell.of("pinning", Lane.LOOM, 1);
	}

	private static SimulatedCell contender(String name) {
		return SimulatedCell.of("pinning", name, Lane.LOOM, 1);
	}

	private List<Reason> reasons(SimulatedCell... cells) throws Exception {
		List<LoadedCell> loaded = new ArrayList<>();
		for (SimulatedCell cell : cells) {
			loaded.add(cell.load(new RunFiles(this.folder)));
		}
		return Stream.of(CheckedCell.of(loaded))
			.flatMap(List::stream)
			.flatMap((cell) -> cell.reasons().stream())
			.toList();
	}

	private static SimulatedCell withCollectors(String contender, String... beans) {
		ObjectNode identity = (ObjectNode) SimulatedCell.identity("loom", "Tomcat", true, "aligned", 1);
		ArrayNode names = identity.putArray("gc");
		Stream.of(beans).forEach(names::add);
		return SimulatedCell.of("choices", contender, Lane.LOOM, 1).identities(identity, identity);
	}

}
