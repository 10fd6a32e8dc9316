package dev.threelanes.runner;

import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Parameters;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JavaCommandTests {

	private static final Parameters WITHOUT_HEAP = new Parameters(500, 200);

	@Test
	void mostLanesHaveTheSameFlags() {
		assertThat(JavaCommand.laneFlags(WITHOUT_HEAP)).isSameAs(JavaCommand.LANE_FLAGS);
	}

	@Test
	void whereMemoryIsAskedForTheHeapIsDeclaredAndCollectedOften() {
		assertThat(JavaCommand.laneFlags(WITHOUT_HEAP.and(Parameter.HEAP_MB, 4096)))
			.startsWith("-Xms4096m", "-Xmx4096m", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError")
			.endsWith("-XX:G1PeriodicGCInterval=2100")
			.doesNotContain("-Xms1g", "-Xmx1g");
	}

}
