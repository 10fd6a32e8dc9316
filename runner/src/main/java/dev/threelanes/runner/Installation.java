package dev.threelanes.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.cell.Checksums;
import org.jspecify.annotations.Nullable;

/**
 * Where the built parts of the project lie.
 *
 * @param home the root of the checkout
 */
record Installation(Path home) {

	/**
	 * The installation that the {@code lanes} script names.
	 * @return the installation
	 */
	static Installation current() {
		return new Installation(Path.of(System.getProperty("lanes.home", "")).toAbsolutePath().normalize());
	}

	Path lane(Lane lane) {
		String module = lane.id() + "-app";
		return built(this.home.resolve(module).resolve("target").resolve(module + ".jar"));
	}

	Path reference() {
		return built(this.home.resolve("reference/target/reference.jar"));
	}

	Path downstream() {
		return built(this.home.resolve("downstream/target/downstream.jar"));
	}

	/**
	 * The class path of the simulations and of Gatling.
	 * @return the class path
	 */
	String generatorClassPath() {
		Path target = this.home.resolve("gatling/target");
		return String.join(System.getProperty("path.separator"), built(target.resolve("test-classes")).toString(),
				built(target.resolve("classes")).toString(), built(target.resolve("lib")) + "/*");
	}

	/**
	 * The programs that take part in a run, so that none is exchanged in the middle of
	 * it.
	 * @param lanes the lanes that take part
	 * @param references whether references do
	 * @return the SHA-256 of each by its name
	 */
	Map<String, String> fingerprints(List<Lane> lanes, boolean references) {
		Map<String, String> fingerprints = new TreeMap<>(fingerprintsOfSimulations());
		try {
			for (Lane lane : lanes) {
				fingerprints.put(lane.id(), Checksums.of(lane(lane)));
			}
			if (references) {
				fingerprints.put("reference", Checksums.of(reference()));
			}
			fingerprints.put("downstream", Checksums.of(downstream()));
		}
		catch (IOException ex) {
			throw new RunFailure("A program of the run cannot be read: " + ex.getMessage(), ex);
		}
		return fingerprints;
	}

	/**
	 * The programs that take part where lanes are in containers, whose programs this
	 * process does not see.
	 * @return the SHA-256 of each by its name
	 */
	Map<String, String> fingerprintsOfSimulations() {
		Map<String, String> fingerprints = new TreeMap<>();
		try {
			for (String part : List.of("classes", "test-classes")) {
				Path folder = built(this.home.resolve("gatling/target").resolve(part));
				try (Stream<Path> files = Files.walk(folder)) {
					for (Path file : files.filter(Files::isRegularFile).toList()) {
						fingerprints.put("gatling/" + folder.relativize(file), Checksums.of(file));
					}
				}
			}
		}
		catch (IOException ex) {
			throw new RunFailure("A program of the run cannot be read: " + ex.getMessage(), ex);
		}
		return fingerprints;
	}

	Path results() {
		return this.home.resolve("results");
	}

	/**
	 * The commit that the checkout stands at, marked where files differ from it.
	 * @return the commit, or {@code null} outside a git checkout
	 */
	@Nullable String commit() {
		String commit = git("rev-parse", "--short=12", "HEAD");
		if (commit == null || commit.isBlank()) {
			return null;
		}
		String changes = git("status", "--porcelain");
		return (changes == null || changes.isBlank()) ? commit : commit + "+changes";
	}

	private @Nullable String git(String... arguments) {
		try {
			ProcessBuilder builder = new ProcessBuilder("git");
			builder.command().addAll(List.of(arguments));
			Process process = builder.directory(this.home.toFile())
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			return (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) ? output : null;
		}
		catch (IOException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	private Path built(Path path) {
		if (!Files.exists(path)) {
			throw new RunFailure("%s is not built: start the lab with ./lanes, which builds what is stale"
				.formatted(this.home.relativize(path)));
		}
		return path;
	}

}
