package dev.threelanes.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The cluster as a person uses it: {@code kubectl}, with whatever cluster and rights it
 * is set up for.
 *
 * @param program the words that call it
 */
record Kubectl(List<String> program) {

	private static final int LAST_LINES = 8;

	Kubectl {
		program = List.copyOf(program);
	}

	static Kubectl onPath() {
		return new Kubectl(List.of("kubectl"));
	}

	/**
	 * Calls kubectl.
	 * @param arguments its arguments
	 * @return what it printed
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if it fails
	 */
	String run(String... arguments) throws InterruptedException {
		return tell("", arguments);
	}

	/**
	 * Calls kubectl with a text that must not stand on its command line.
	 * @param input the text
	 * @param arguments its arguments
	 * @return what it printed
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if it fails
	 */
	String tell(String input, String... arguments) throws InterruptedException {
		Outcome outcome = call(input, arguments);
		if (outcome.status() != 0) {
			throw new RunFailure("'kubectl %s' failed with status %d:%n%s".formatted(String.join(" ", arguments),
					outcome.status(), outcome.lastWords()));
		}
		return outcome.output();
	}

	/**
	 * Calls kubectl, whatever comes of it.
	 * @param input what it reads
	 * @param arguments its arguments
	 * @return how it ended
	 * @throws InterruptedException if the run is being stopped; it is ended then
	 */
	Outcome call(String input, String... arguments) throws InterruptedException {
		List<String> command = new ArrayList<>(this.program);
		command.addAll(List.of(arguments));
		Path folder = null;
		try {
			folder = Files.createTempDirectory("three-lanes-kubectl");
			Path in = Files.writeString(folder.resolve("in"), input);
			Path out = folder.resolve("out");
			Path errors = folder.resolve("err");
			Process process = new ProcessBuilder(command).redirectInput(in.toFile())
				.redirectOutput(out.toFile())
				.redirectError(errors.toFile())
				.start();
			try {
				int status = process.waitFor();
				return new Outcome(status, Files.readString(out, StandardCharsets.UTF_8),
						Files.readString(errors, StandardCharsets.UTF_8));
			}
			finally {
				process.destroy();
			}
		}
		catch (IOException ex) {
			return new Outcome(-1, "", String.valueOf(ex.getMessage()));
		}
		finally {
			deleteQuietly(folder);
		}
	}

	private static void deleteQuietly(@Nullable Path folder) {
		try {
			if (folder != null) {
				CellMeasurement.delete(folder);
			}
		}
		catch (IOException | UncheckedIOException ex) {
			// A few small files in the system's folder for such.
		}
	}

	/**
	 * How a call ended.
	 *
	 * @param status its exit status, -1 if there is no such program
	 * @param output what it printed
	 * @param errors what it said beside that
	 */
	record Outcome(int status, String output, String errors) {

		String lastWords() {
			List<String> lines = this.errors.lines().toList();
			return String.join(System.lineSeparator(),
					lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
		}

	}

}
