package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.threelanes.report.cell.Checksums;

/**
 * A lane's classes as a first start left them, loaded and linked, for later starts (JEP
 * 483, JEP 514). It holds for one program, one JVM and one set of flags, and is made anew
 * for any other; a JVM takes classes from jars on its class path only, so that the
 * program is taken apart first, with Spring Boot's own tool.
 *
 * @param jar the program taken apart: the jar that is started
 * @param cache the cache; if it exists it is whole
 */
record AotCache(Path jar, Path cache) {

	/** For who has to load thousands of classes once more. */
	private static final Duration PATIENCE = Duration.ofSeconds(120);

	/**
	 * The cache of a program, made first if there is none yet.
	 * @param command the program as it is started without: a jar
	 * @param log where the output of making it goes
	 * @param training a start of the program
	 * @return the cache
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if it cannot be made
	 */
	static AotCache of(JavaCommand command, Path log, Training training) throws InterruptedException {
		Path program = Path.of(command.program().getLast());
		try {
			Path folder = program.resolveSibling("aot").resolve(key(program, command));
			AotCache made = new AotCache(folder.resolve(program.getFileName()), folder.resolve("classes.aot"));
			if (!Files.isRegularFile(made.cache)) {
				made.make(command, folder, log, training);
			}
			return made;
		}
		catch (IOException ex) {
			throw new RunFailure("The AOT cache of %s cannot be made: %s".formatted(program.getFileName(), ex), ex);
		}
	}

	private static String key(Path program, JavaCommand command) throws IOException {
		return Checksums.ofText(Checksums.of(program) + command.java() + Runtime.version() + command.flags())
			.substring(0, 16);
	}

	/**
	 * The same program, started from its cache.
	 * @param command the program as it is started without
	 * @return the command
	 */
	JavaCommand command(JavaCommand command) {
		return apart(command, command.flags(), "-XX:AOTCache=" + this.cache);
	}

	private void make(JavaCommand command, Path folder, Path log, Training training)
			throws IOException, InterruptedException {
		CellMeasurement.delete(folder);
		Files.createDirectories(folder);
		extract(command, folder, log);
		Path unfinished = folder.resolve("classes.aot.new");
		List<String> flags = command.flags().stream().filter((flag) -> !flag.startsWith("-XX:AOTMode")).toList();
		training.run(apart(command, flags, "-XX:AOTCacheOutput=" + unfinished), PATIENCE);
		if (!Files.isRegularFile(unfinished)) {
			throw new RunFailure("A first start of %s left no AOT cache; its output is in %s"
				.formatted(this.jar.getFileName(), log));
		}
		Files.move(unfinished, this.cache, StandardCopyOption.ATOMIC_MOVE);
	}

	private static void extract(JavaCommand command, Path folder, Path log) throws InterruptedException {
		JavaCommand tool = new JavaCommand(command.java(), List.of("-Djarmode=tools"), command.program(),
				List.of("extract", "--force", "--destination", folder.toString()));
		ChildProcess extracting = ChildProcess.start("jarmode", tool, "", log, Duration.ZERO);
		boolean ended = extracting.waitFor(PATIENCE);
		if (!ended || extracting.exitValue() != 0) {
			extracting.kill();
			throw new RunFailure("%s cannot be taken apart; the tool's last words:%n%s"
				.formatted(command.program().getLast(), extracting.lastWords()));
		}
	}

	private JavaCommand apart(JavaCommand command, List<String> flags, String flag) {
		List<String> more = new ArrayList<>(flags);
		more.add(flag);
		return new JavaCommand(command.java(), more, List.of("-jar", this.jar.toString()), command.arguments());
	}

	/**
	 * A start that ends when it is ready, and so leaves a cache.
	 */
	@FunctionalInterface
	interface Training {

		/**
		 * Starts a program, waits until it is ready, and ends it politely.
		 * @param command the program
		 * @param patience how long it may take to end
		 * @throws InterruptedException if the run is being stopped
		 * @throws RunFailure if it had to be killed, and may have left half a cache
		 */
		void run(JavaCommand command, Duration patience) throws InterruptedException;

	}

}
