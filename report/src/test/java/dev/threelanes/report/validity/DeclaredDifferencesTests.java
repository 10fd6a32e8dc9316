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
	void settingsThatNobodyDeclaredAreABreach() throws Exception {
		SimulatedCell stock = contender("loom-native").settings("stock")
			.identities(SimulatedCell.identity("loom", "Tomcat", true, "stock", 1),
					SimulatedCell.identity("loom", "Tomcat", true, "stock", 1));
		assertThat(reasons(loom(), stock)).singleElement()
			.satisfies((reason) -> assertThat(reason.text()).contains("other settings", "stock, not aligned"));
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

}
