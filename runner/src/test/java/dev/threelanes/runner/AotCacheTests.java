package dev.threelanes.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.threelanes.experiments.Lane;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A real lane, which ends as soon as its beans are there.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AotCacheTests {

	private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:+UseG1GC", "-Dspring.context.exit=onRefresh",
			"-XX:AOTMode=on");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String OUTPUT = "-XX:AOTCacheOutput=";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	private final List<JavaCommand> trained = new ArrayList<>();

	@BeforeEach
	void copyTheProgram() throws IOException {
		Files.copy(SmokeRun.INSTALLATION.lane(Lane.LOOM), this.folder.resolve("lane.jar"));
	}

	@Test
	void aLaneStartsFromWhatItsFirstStartLeft() throws Exception {
		JavaCommand command = command(FLAGS);
		AotCache cache = AotCache.of(command, log(), this::train);
		// With this mode a JVM whose cache does not fit ends at once.
		JavaCommand cached = cache.command(command);
		assertThat(cached.flags()).containsAll(FLAGS);
		assertThat(run(cached, log())).as(output()).isZero();
		assertThat(AotCache.of(command, log(), this::train)).isEqualTo(cache);
		assertThat(this.trained).as("made once").hasSize(1);
		assertThat(this.trained.getFirst().flags()).doesNotContain("-XX:AOTMode=on");
		assertThat(AotCache.of(command(otherFlags()), log(), this::train)).isNotEqualTo(cache);
	}

	@Test
	void aCacheThatWasLeftUnfinishedIsMadeAnew() throws Exception {
		JavaCommand command = command(FLAGS);
		assertThatExceptionOfType(RunFailure.class)
			.isThrownBy(() -> AotCache.of(command, log(), (training, patience) -> ends(training)))
			.withMessageContaining("left no AOT cache");
		AotCache cache = AotCache.of(command, log(), this::train);
		assertThat(run(cache.command(command), log())).as(output()).isZero();
		try (Stream<Path> left = Files.list(cache.cache().getParent())) {
			assertThat(left.map((path) -> path.getFileName().toString())).containsExactlyInAnyOrder("lane.jar", "lib",
					"classes.aot");
		}
	}

	@Test
	void whatAKilledStartLeftIsNoCache() throws Exception {
		JavaCommand command = command(FLAGS);
		assertThatExceptionOfType(RunFailure.class)
			.isThrownBy(() -> AotCache.of(command, log(), (training, patience) -> killed(training)))
			.withMessage("killed");
		AotCache cache = AotCache.of(command, log(), this::train);
		assertThat(this.trained).hasSize(1);
		assertThat(run(cache.command(command), log())).as(output()).isZero();
	}

	@Test
	void aProgramThatCannotBeTakenApartIsNamed() throws Exception {
		Files.writeString(this.folder.resolve("lane.jar"), "no jar");
		assertThatExceptionOfType(RunFailure.class).isThrownBy(() -> AotCache.of(command(FLAGS), log(), this::train))
			.withMessageContaining("lane.jar cannot be taken apart");
	}

	private static List<String> otherFlags() {
		return FLAGS.stream().map((flag) -> flag.equals("-Xmx256m") ? "-Xmx300m" : flag).toList();
	}

	private JavaCommand command(List<String> flags) {
		return JavaCommand.jar(flags, this.folder.resolve("lane.jar"), List.of("--server.port=0"));
	}

	private Path log() {
		return this.folder.resolve("log");
	}

	private void train(JavaCommand training, Duration patience) throws InterruptedException {
		this.trained.add(training);
		run(training, log());
	}

	// As if it had ended before it wrote.
	private static void ends(JavaCommand training) {
		assertThat(training.flags().getLast()).startsWith(OUTPUT);
	}

	private static void killed(JavaCommand training) {
		try {
			Files.writeString(Path.of(training.flags().getLast().substring(OUTPUT.length())), "half a cache");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new RunFailure("killed");
	}

	private static int run(JavaCommand command, Path log) throws InterruptedException {
		ChildProcess process = ChildProcess.start("lane", command, "", log, Duration.ZERO);
		try {
			assertThat(process.waitFor(PATIENCE)).isTrue();
			return process.exitValue();
		}
		finally {
			process.kill();
		}
	}

	private String output() throws IOException {
		return Files.readString(log());
	}

}
