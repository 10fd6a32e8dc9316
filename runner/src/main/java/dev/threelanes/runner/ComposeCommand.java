package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The container engine as a person uses it: {@code docker compose} or the stand-alone
 * {@code docker-compose}, in the folder of docker-compose.yml, so that what a person has
 * started is seen and nothing is started twice.
 *
 * @param words the words that call Compose
 * @param engine the word that calls the engine itself
 * @param folder where docker-compose.yml is
 */
record ComposeCommand(List<String> words, String engine, Path folder) {

	private static final String ENGINE = "docker";

	private static final List<List<String>> WAYS = List.of(List.of(ENGINE, "compose"), List.of("docker-compose"));

	ComposeCommand {
		words = List.copyOf(words);
	}

	/**
	 * Looks for Compose.
	 * @param folder where docker-compose.yml is
	 * @return how to call it
	 * @throws RunFailure if there is none, or no engine
	 */
	static ComposeCommand find(Path folder) {
		for (List<String> way : WAYS) {
			List<String> words = new ArrayList<>(way);
			words.add("version");
			if (call(words, folder, Map.of()).status() == 0) {
				return new ComposeCommand(way, ENGINE, folder);
			}
		}
		throw new RunFailure(
				"--on compose needs Docker with Compose, and neither 'docker compose' nor 'docker-compose' works here");
	}

	/**
	 * Lists services of which a container runs.
	 * @return their names
	 */
	List<String> running() {
		return run(Map.of(), "ps", "--services", "--filter", "status=running").lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty())
			.toList();
	}

	/**
	 * Calls Compose.
	 * @param variables what its environment holds beside the caller's own
	 * @param arguments the subcommand and its arguments
	 * @return what it printed
	 * @throws RunFailure if it fails
	 */
	String run(Map<String, String> variables, String... arguments) {
		List<String> command = new ArrayList<>(this.words);
		command.addAll(List.of(arguments));
		return checked(command, variables);
	}

	/**
	 * Looks at the container of a service.
	 * @param service the service's name, of which a container runs
	 * @return where and what it is
	 */
	Container container(String service) {
		String id = run(Map.of(), "ps", "-q", service).strip();
		String[] facts = checked(List.of(this.engine, "inspect", "--format",
				"{{.State.Pid}} {{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}", id), Map.of())
			.strip()
			.split("\\s+");
		return new Container(Long.parseLong(facts[0]), Arrays.asList(facts).subList(1, facts.length));
	}

	/**
	 * Says where a port of a service can be reached: at its container's own address,
	 * which is how other containers reach it, and through the port on this machine, which
	 * is the only way where the engine has a kernel of its own.
	 * @param container the service's container
	 * @param service the service's name
	 * @param port the port in the container
	 * @return addresses, the most direct first
	 */
	List<URI> addresses(Container container, String service, int port) {
		List<URI> addresses = new ArrayList<>();
		container.addresses().forEach((address) -> addresses.add(URI.create("http://%s:%d".formatted(address, port))));
		addresses.add(URI.create("http://" + run(Map.of(), "port", service, Integer.toString(port)).strip()));
		return addresses;
	}

	private String checked(List<String> command, Map<String, String> variables) {
		Outcome outcome = call(command, this.folder, variables);
		if (outcome.status() != 0) {
			throw new RunFailure("'%s' failed with status %d:%n%s".formatted(String.join(" ", command),
					outcome.status(), outcome.lastWords()));
		}
		return outcome.output();
	}

	private static Outcome call(List<String> command, Path folder, Map<String, String> variables) {
		Path errors = null;
		boolean interrupted = Thread.interrupted();
		try {
			errors = Files.createTempFile("three-lanes-compose", ".log");
			ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
				.redirectInput(Path.of("/dev/null").toFile())
				.redirectError(errors.toFile());
			builder.environment().putAll(variables);
			Process process = builder.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return new Outcome(ended(process), output, Files.readString(errors));
		}
		catch (IOException ex) {
			return new Outcome(-1, "", String.valueOf(ex.getMessage()));
		}
		finally {
			deleteQuietly(errors);
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	// What was begun in the engine must be known to be done, also by a run that is being
	// stopped.
	private static int ended(Process process) {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return process.waitFor();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static void deleteQuietly(@Nullable Path file) {
		try {
			if (file != null) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			// A small file in the system's folder for such.
		}
	}

	/**
	 * A container that runs.
	 *
	 * @param pid its first process, as the engine's kernel numbers it
	 * @param addresses its addresses in the engine's networks
	 */
	record Container(long pid, List<String> addresses) {

		Container {
			addresses = List.copyOf(addresses);
		}

		/**
		 * Its process, if this system is the engine's.
		 * @return the process's number, or none if it is in another kernel
		 */
		List<Long> visiblePids() {
			try {
				return Files.readString(Path.of("/proc", Long.toString(this.pid), "cmdline")).contains("app.jar")
						? List.of(this.pid) : List.of();
			}
			catch (IOException ex) {
				return List.of();
			}
		}

	}

	/**
	 * How a command ended.
	 *
	 * @param status its exit status, -1 if there is no such program
	 * @param output what it printed
	 * @param errors what it said beside that
	 */
	private record Outcome(int status, String output, String errors) {

		String lastWords() {
			List<String> lines = this.errors.lines().toList();
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
		}

	}

}
