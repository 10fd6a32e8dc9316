package dev.threelanes.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Parameters;

/**
 * The command line of a Java process, and the flags that every lane gets alike.
 *
 * @param java the program that starts the JVM
 * @param flags flags of the JVM
 * @param program the jar or class path with main class
 * @param arguments arguments of the program
 */
record JavaCommand(Path java, List<String> flags, List<String> program, List<String> arguments) {

	/** The JVM that runs the runner. */
	static final Path OWN = Path.of(System.getProperty("java.home"), "bin", "java");

	/**
	 * The flags of every lane. Heap and collector are named because the JVM would choose
	 * them from the machine: with fewer than two processors or 1,792 MB it takes the
	 * serial collector without a word. The heap has room for the few thousand requests
	 * that pile up on an unbounded lane when the machine stalls for seconds: with 512 MB
	 * and the default buffers loom, at more than 100 KB a request and its connections,
	 * ran out of memory while it was warmed up.
	 */
	static final List<String> LANE_FLAGS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError",
			"--enable-native-access=ALL-UNNAMED", "-Dfile.encoding=UTF-8", "-Duser.language=en", "-Duser.country=US");

	static final List<String> DOWNSTREAM_FLAGS = List.of("-Xms256m", "-Xmx256m", "-XX:+UseG1GC",
			"-XX:+ExitOnOutOfMemoryError");

	static final List<String> GENERATOR_FLAGS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC",
			"-XX:+ExitOnOutOfMemoryError", "-Dgatling.data.enableAnalytics=false",
			"--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
			"--sun-misc-unsafe-memory-access=allow");

	/**
	 * How often the collector looks whether it has been idle for as long. It may have
	 * been busy a moment after the last look, so that twice as much may pass between
	 * collections, and that is less than the time for which all are held. Not more often
	 * than that takes: with ten thousand stacks to look at each pauses the lane for 90
	 * ms.
	 */
	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2100);

	JavaCommand {
		flags = List.copyOf(flags);
		program = List.copyOf(program);
		arguments = List.copyOf(arguments);
	}

	/**
	 * The flags of a lane with certain limits: where L is stated, every lane is told it,
	 * but only event loops and carriers of virtual threads feel it.
	 * @param parameters what the lane's limits follow from
	 * @return the flags, the same on every lane
	 */
	static List<String> laneFlags(Parameters parameters) {
		List<String> flags = heapFlags(parameters);
		Integer loops = parameters.values().get(Parameter.LOOPS);
		if (loops == null) {
			return flags;
		}
		flags = new ArrayList<>(flags);
		flags.add("-Dreactor.netty.ioWorkerCount=" + loops);
		flags.add("-Djdk.virtualThreadScheduler.parallelism=" + loops);
		return List.copyOf(flags);
	}

	/**
	 * The flags of a lane without its limits. An experiment that declares its heap asks
	 * what memory is for: there a lane collects its garbage at least every few seconds,
	 * idle or not, so that the heap in use is what is held and not what was thrown away.
	 * Its heap is touched before anything is measured: else a collection that moves a
	 * gigabyte waits for the kernel to give it page by page, and the resident memory of a
	 * held request is that of a first visit.
	 * @param parameters what the flags follow from
	 * @return the flags, the same on every lane
	 */
	static List<String> heapFlags(Parameters parameters) {
		Integer heap = parameters.values().get(Parameter.HEAP_MB);
		if (heap == null) {
			return LANE_FLAGS;
		}
		List<String> flags = new ArrayList<>(List.of("-Xms%dm".formatted(heap), "-Xmx%dm".formatted(heap)));
		LANE_FLAGS.stream().filter((flag) -> !flag.startsWith("-Xm")).forEach(flags::add);
		flags.add("-XX:+AlwaysPreTouch");
		flags.add("-XX:G1PeriodicGCInterval=" + BETWEEN_LOOKS.toMillis());
		return List.copyOf(flags);
	}

	JavaCommand(List<String> flags, List<String> program, List<String> arguments) {
		this(OWN, flags, program, arguments);
	}

	static JavaCommand jar(List<String> flags, Path jar, List<String> arguments) {
		return new JavaCommand(flags, List.of("-jar", jar.toString()), arguments);
	}

	/**
	 * The same on another JVM.
	 * @param other the program that starts it
	 * @return the command
	 */
	JavaCommand on(Path other) {
		return new JavaCommand(other, this.flags, this.program, this.arguments);
	}

	/**
	 * The whole command line.
	 * @return the words of the command
	 */
	List<String> words() {
		List<String> words = new ArrayList<>();
		words.add(this.java.toString());
		words.addAll(this.flags);
		words.addAll(this.program);
		words.addAll(this.arguments);
		return words;
	}

}
