package dev.threelanes.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A process that this run started and therefore ends, whatever happens to the run.
 */
final class ChildProcess implements AutoCloseable {

	private static final Set<ChildProcess> RUNNING = Collections.newSetFromMap(new ConcurrentHashMap<>());

	/** How long all processes together may take to end when the run is stopped. */
	private static final Duration PATIENCE_WITH_ALL = Duration.ofSeconds(5);

	/**
	 * Variables that would change a JVM or a Spring application behind the run's back.
	 */
	private static final List<String> MEDDLING = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS",
			"CLASSPATH");

	private static final List<String> MEDDLING_PREFIXES = List.of("SPRING_", "SERVER_", "MANAGEMENT_", "LOGGING_",
			"LANE_");

	private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

	private static boolean stopped;

	private final String name;

	private final Process process;

	private final Path log;

	private final Duration grace;

	private ChildProcess(String name, Process process, Path log, Duration grace) {
		this.name = name;
		this.process = process;
		this.log = log;
		this.grace = grace;
	}

	/**
	 * Starts a process with its output in a file and an environment that no variable of
	 * the caller's shell can change.
	 * @param name what people call it
	 * @param command the command
	 * @param cores the processors that it may run on; empty for all
	 * @param log where its output goes
	 * @param grace how long it may take to end when asked
	 * @return the process
	 */
	static ChildProcess start(String name, JavaCommand command, String cores, Path log, Duration grace) {
		return start(name, command, Map.of(), cores, log, grace);
	}

	/**
	 * Starts a process that is told by variables what nobody may read off its command
	 * line.
	 * @param name what people call it
	 * @param command the command
	 * @param variables what its environment holds beside what is harmless of the caller's
	 * @param cores the processors that it may run on; empty for all
	 * @param log where its output goes
	 * @param grace how long it may take to end when asked
	 * @return the process
	 */
	static ChildProcess start(String name, JavaCommand command, Map<String, String> variables, String cores, Path log,
			Duration grace) {
		return start(name, mortal("KILL", Cores.restrict(cores, command.words())), variables, log, grace);
	}

	/**
	 * Starts a program that is not Java's.
	 * @param name what people call it
	 * @param words the words of its command
	 * @param cores the processors that it may run on; empty for all
	 * @param log where its output goes
	 * @param grace how long it may take to end when asked
	 * @return the process
	 */
	static ChildProcess startProgram(String name, List<String> words, String cores, Path log, Duration grace) {
		return start(name, mortal("KILL", Cores.restrict(cores, words)), Map.of(), log, grace);
	}

	/**
	 * Starts a process that has children of its own and ends them when it is asked to end
	 * itself: if this one is killed, the kernel asks it.
	 * @param name what people call it
	 * @param command the command
	 * @param cores the processors that it may run on; empty for all
	 * @param log where its output goes
	 * @param grace how long it may take to end when asked
	 * @return the process
	 */
	static ChildProcess startParent(String name, JavaCommand command, String cores, Path log, Duration grace) {
		return start(name, mortal("TERM", Cores.restrict(cores, command.words())), Map.of(), log, grace);
	}

	private static ChildProcess start(String name, List<String> words, Map<String, String> variables, Path log,
			Duration grace) {
		ProcessBuilder builder = new ProcessBuilder(words);
		clean(builder.environment());
		builder.environment().putAll(variables);
		builder.redirectErrorStream(true);
		builder.redirectOutput(log.toFile());
		builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
		try {
			Files.createDirectories(log.toAbsolutePath().getParent());
			synchronized (RUNNING) {
				if (stopped) {
					throw new RunFailure("Could not start %s: the run is being stopped".formatted(name));
				}
				ChildProcess child = new ChildProcess(name, builder.start(), log, grace);
				RUNNING.add(child);
				return child;
			}
		}
		catch (IOException ex) {
			throw new RunFailure("Could not start %s: %s".formatted(name, ex.getMessage()), ex);
		}
	}

	/**
	 * Ends every process of this run that still runs: asks all of them at once, and kills
	 * what has not ended soon after.
	 */
	static void stopAll() {
		synchronized (RUNNING) {
			RUNNING.forEach((child) -> child.process.destroy());
			long deadline = System.nanoTime() + PATIENCE_WITH_ALL.toNanos();
			RUNNING.forEach((child) -> child.await(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
		}
	}

	/**
	 * Ends every process because this one is going down, and lets none be started after
	 * that.
	 */
	static void stopForGood() {
		synchronized (RUNNING) {
			stopped = true;
			stopAll();
		}
	}

	long pid() {
		return this.process.pid();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	int exitValue() {
		return this.process.exitValue();
	}

	/**
	 * Waits for the end.
	 * @param timeout how long
	 * @return {@code true} if the process has ended
	 * @throws InterruptedException if the run is being stopped
	 */
	boolean waitFor(Duration timeout) throws InterruptedException {
		boolean ended = this.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
		if (ended) {
			RUNNING.remove(this);
		}
		return ended;
	}

	/**
	 * The last lines that the process printed, for a message about its death.
	 * @return the lines
	 */
	String lastWords() {
		try {
			List<String> lines = Files.readAllLines(this.log, StandardCharsets.UTF_8);
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
		}
		catch (IOException | UncheckedIOException ex) {
			return "(its output in %s cannot be read)".formatted(this.log);
		}
	}

	@Override
	public void close() {
		end(this.grace);
	}

	/**
	 * Asks the process to end, and kills it if it does not.
	 * @param patience how long it may take
	 * @return {@code true} if it ended in time, {@code false} if it was killed
	 */
	boolean end(Duration patience) {
		this.process.destroy();
		return await(patience);
	}

	/**
	 * Ends the process without asking it.
	 */
	void kill() {
		this.process.destroyForcibly();
		await(this.grace);
	}

	private boolean await(Duration patience) {
		boolean interrupted = Thread.interrupted();
		boolean ended = false;
		try {
			ended = this.process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
			if (!ended) {
				this.process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
			}
		}
		catch (InterruptedException ex) {
			interrupted = true;
			this.process.destroyForcibly();
		}
		RUNNING.remove(this);
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return ended;
	}

	@Override
	public String toString() {
		return "%s (pid %d)".formatted(this.name, pid());
	}

	// A runner that is killed cannot end what it started: where the system can do it, the
	// kernel does.
	private static List<String> mortal(String signal, List<String> words) {
		if (!Files.isExecutable(SETPRIV)) {
			return words;
		}
		List<String> mortal = new ArrayList<>(List.of(SETPRIV.toString(), "--pdeathsig", signal));
		mortal.addAll(words);
		return mortal;
	}

	private static void clean(Map<String, String> environment) {
		environment.keySet()
			.removeIf((variable) -> MEDDLING.contains(variable)
					|| MEDDLING_PREFIXES.stream().anyMatch(variable::startsWith));
	}

}
