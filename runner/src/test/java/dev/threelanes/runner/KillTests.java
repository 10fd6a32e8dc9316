package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.Checksums;
import dev.threelanes.report.cell.Json;
import dev.threelanes.report.cell.Manifest;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.cell.RunFiles.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills the runner at random moments, looks at what it left, and lets it go on from
 * there. Three times in a build; {@code -Dkills=50} is the long form.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KillTests {

	private static final int KILLS = Integer.getInteger("kills", 3);

	private static final long SEED = Long.getLong("kills.seed", 1);

	private static final int LONGEST_LIFE_SECONDS = 45;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void whateverTheMomentNothingIsTornAndTheRunCanBeFinished() throws Exception {
		Random random = new Random(SEED);
		int kills = 0;
		for (int number = 1; kills < KILLS; number++) {
			Path run = this.folder.resolve("run" + number);
			Map<Place, String> kept = new LinkedHashMap<>();
			boolean finished = false;
			while (!finished && kills < KILLS) {
				Process runner = start(run);
				boolean ended = runner.waitFor(500 + random.nextInt(LONGEST_LIFE_SECONDS * 1000),
						TimeUnit.MILLISECONDS);
				if (ended) {
					assertThat(runner.exitValue()).as(() -> log(run)).isIn(Lanes.DONE, Lanes.INVALID);
					finished = true;
				}
				else {
					kill(runner);
					kills++;
				}
				assertNothingIsTorn(run, kept);
			}
			if (!finished) {
				Process last = start(run);
				assertThat(last.waitFor(5, TimeUnit.MINUTES)).isTrue();
				assertThat(last.exitValue()).as(() -> log(run)).isIn(Lanes.DONE, Lanes.INVALID);
				assertNothingIsTorn(run, kept);
			}
			Manifest manifest = new RunFiles(run).readManifest();
			assertThat(manifest.complete()).isTrue();
			assertThat(manifest.cells().keySet()).containsExactlyInAnyOrderElementsOf(manifest.order());
			assertThat(run.resolve("index.html")).exists();
		}
	}

	private static void kill(Process runner) throws InterruptedException {
		List<ProcessHandle> children = runner.descendants().toList();
		runner.destroyForcibly().waitFor();
		await("the kernel ends what the runner started").atMost(Duration.ofSeconds(10))
			.until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
	}

	// What is there can be read as a whole, and a finished cell never changes.
	private static void assertNothingIsTorn(Path run, Map<Place, String> kept) throws IOException {
		RunFiles files = new RunFiles(run);
		if (!Files.exists(files.manifest())) {
			assertThat(kept).isEmpty();
			return;
		}
		Manifest manifest = files.readManifest();
		Map<Place, String> found = new LinkedHashMap<>();
		for (Place place : files.cells()) {
			CellFiles cell = files.cell(place.experiment(), place.lane(), place.fork());
			assertThat(cell.read().steps()).isNotEmpty();
			found.put(place, Checksums.of(cell.cell()));
		}
		assertThat(found).containsAllEntriesOf(kept);
		manifest.cells().forEach((name, sum) -> assertThat(found.values()).as(name).contains(sum));
		if (Files.exists(files.results())) {
			assertThat(Json.parse(Files.readString(files.results())).has("experiments")).isTrue();
			assertThat(files.page()).content().endsWith("</html>\n");
		}
		kept.putAll(found);
	}

	private Process start(Path run) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"--enable-native-access=ALL-UNNAMED", "-Dlanes.home=" + SmokeRun.INSTALLATION.home(), "-cp",
						System.getProperty("java.class.path"), Lanes.class.getName(), "run", "--port-base",
						String.valueOf(SmokeRun.PORTS.base())));
		command.addAll(Files.exists(run.resolve("manifest.json")) ? List.of("--resume", run.toString())
				: List.of("low-load", "--profile", "smoke", "--seed", "1", "--out", run.toString()));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.folder.resolve("lanes.log").toFile()))
			.start();
	}

	private String log(Path run) {
		try (Stream<String> lines = Files.lines(this.folder.resolve("lanes.log"))) {
			return run + "\n" + String.join("\n", lines.toList());
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
