package dev.threelanes.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What admission control is worth where nothing else bounds the number of virtual
 * threads: three times the knee does not fill a heap of 256 MB.
 */
class SmallHeapTests {

	private static final Ports PORTS = SmokeRun.PORTS;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void boundedVirtualThreadsSurviveThreeTimesTheKnee() throws Exception {
		Experiment overload = Catalogue.experiment("overload");
		Parameters parameters = overload.contender("loom-30")
			.orElseThrow()
			.parameters(overload.parameters(Profile.SMOKE, Map.of()));
		JavaCommand command = JavaCommand.jar(List
			.of("-Xmx256m", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED"),
				SmokeRun.INSTALLATION.lane(Lane.LOOM),
				List.of("--server.port=" + PORTS.application(Lane.LOOM),
						"--management.server.port=" + PORTS.management(Lane.LOOM),
						"--lane.downstream.url=" + LaneProcess.loopback(PORTS.downstream(), ""),
						"--lane.downstream.max-connections=" + parameters.value(Parameter.CONNECTIONS),
						"--lane.admission.max-requests=" + parameters.value(Parameter.ADMITTED)));
		try (DownstreamProcess downstream = DownstreamProcess.start(SmokeRun.INSTALLATION.downstream(),
				PORTS.downstream(), false, "", this.folder.resolve("downstream.log"));
				ChildProcess lane = ChildProcess.start("loom", command, "", this.folder.resolve("lane.log"),
						Duration.ofSeconds(10))) {
			await().atMost(Duration.ofSeconds(60))
				.ignoreExceptions()
				.until(() -> Http.get(LaneProcess.loopback(PORTS.application(Lane.LOOM), "/api/hello")),
						(answer) -> true);
			try (Generator generator = Generator.start(SmokeRun.INSTALLATION,
					new Generator.Order(overload.id(), Profile.SMOKE, parameters, null, Map.of()),
					List.of(LaneProcess.loopback(PORTS.application(Lane.LOOM), "")), "", this.folder,
					this.folder.resolve("gatling.log"))) {
				assertThat(generator.waitFor(Duration.ofMinutes(3))).isTrue();
				assertThat(generator.exitValue()).isZero();
			}
			assertThat(lane.isAlive()).as(lane.lastWords()).isTrue();
			downstream.requireAlive();
			assertThat(Http.get(LaneProcess.loopback(PORTS.application(Lane.LOOM), "/api/hello"))).contains("hello");
			assertThat(Files.readAllLines(this.folder.resolve("steps.csv")))
				.anySatisfy((step) -> assertThat(step).startsWith("3.00 x P/D,"));
		}
	}

}
