package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.Checksums;
import dev.threelanes.report.cell.Manifest;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.cell.RunFiles.Place;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What becomes of a run whose disk fills up or cannot be written to: a small disk of its
 * own, which Linux lets anybody mount where nobody else sees it.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FullDiskTests {

	private static final String FULL = """
			set -e
			mount -t tmpfs -o size=64m none disk
			(
				while ! ls disk/run/cells/*/*/1/cell.json >/dev/null 2>&1; do sleep 0.1; done
				sleep 3
				cat /dev/zero >disk/filling 2>/dev/null || true
			) &
			filler=$!
			status=0
			"$@" >output 2>&1 || status=$?
			kill $filler 2>/dev/null || true
			rm -f disk/filling
			cp -r disk/run kept
			exit $status
			""";

	private static final String READ_ONLY = """
			set -e
			mount -t tmpfs -o ro none disk
			exec "$@" >output 2>&1
			""";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@BeforeEach
	void mayMount() throws Exception {
		Files.createDirectory(this.folder.resolve("disk"));
		assumeThat(within("mount -t tmpfs none disk", List.of())).as("disks can be mounted here").isZero();
	}

	@Test
	void whenTheDiskIsFullSaysSoAndKeepsWhatWasWhole() throws Exception {
		int status = within(FULL, run());
		assertThat(status).as(output()).isEqualTo(Lanes.COULD_NOT_RUN);
		assertThat(output()).contains("No space left on device");
		RunFiles files = new RunFiles(this.folder.resolve("kept"));
		Manifest manifest = files.readManifest();
		assertThat(manifest.complete()).isFalse();
		assertThat(files.cells()).isNotEmpty();
		for (Place place : files.cells()) {
			CellFiles cell = files.cell(place.experiment(), place.lane(), place.fork());
			assertThat(cell.read().steps()).isNotEmpty();
			assertThat(manifest.cells()).containsValue(Checksums.of(cell.cell()));
		}
	}

	@Test
	void whenTheFolderCannotBeWrittenToSaysSoAtOnce() throws Exception {
		int status = within(READ_ONLY, run());
		assertThat(status).as(output()).isEqualTo(Lanes.COULD_NOT_RUN);
		assertThat(output()).contains("disk/run cannot be made", "Read-only file system").doesNotContain("\tat ");
	}

	private List<String> run() {
		return List.of(JavaCommand.OWN.toString(), "--enable-native-access=ALL-UNNAMED",
				"-Dlanes.home=" + SmokeRun.INSTALLATION.home(), "-cp", System.getProperty("java.class.path"),
				Lanes.class.getName(), "run", "low-load", "--profile", "smoke", "--lanes", "mvc,loom", "--seed", "1",
				"--port-base", String.valueOf(SmokeRun.PORTS.base()), "--out",
				this.folder.resolve("disk/run").toString());
	}

	private int within(String script, List<String> command) throws Exception {
		List<String> words = new ArrayList<>(
				List.of("unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh"));
		words.addAll(command);
		try {
			Process process = new ProcessBuilder(words).directory(this.folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			assertThat(process.waitFor(8, TimeUnit.MINUTES)).isTrue();
			return process.exitValue();
		}
		catch (IOException ex) {
			// No such program.
			return -1;
		}
	}

	private String output() throws IOException {
		return Files.readString(this.folder.resolve("output"));
	}

}
