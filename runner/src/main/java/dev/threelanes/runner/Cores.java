package dev.threelanes.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which processors each part of a run has to itself. Only a real restriction of the
 * process isolates: {@code -XX:ActiveProcessorCount} merely tells a JVM a number.
 *
 * @param lane those of the lane, as {@code taskset -c} wants them; empty for all
 * @param generator those of the generator
 * @param downstream those of the downstream
 */
record Cores(String lane, String generator, String downstream) {

	/** Everybody may run everywhere. */
	static final Cores SHARED = new Cores("", "", "");

	/** With fewer processors than this there is nothing to divide. */
	static final int FEWEST = 4;

	private static final Path TASKSET = Path.of("/usr/bin/taskset");

	/**
	 * Divides processors: a quarter, but at least one, for generator and downstream each,
	 * and the rest for the lane.
	 * @param processors how many there are
	 * @return the division
	 * @throws IllegalArgumentException if there are too few to divide
	 */
	static Cores of(int processors) {
		if (processors < FEWEST) {
			throw new IllegalArgumentException(
					"--pin needs at least %d processors; this machine has %d".formatted(FEWEST, processors));
		}
		int quarter = processors / 4;
		int lane = processors - 2 * quarter;
		return new Cores(range(0, lane), range(lane, quarter), range(lane + quarter, quarter));
	}

	/**
	 * Whether this system can restrict a process to processors.
	 * @return {@code true} with util-linux
	 */
	static boolean supported() {
		return Files.isExecutable(TASKSET);
	}

	/**
	 * How many processors a part has.
	 * @param cores those of the part
	 * @return their number, all of the machine's for none
	 */
	static int count(String cores) {
		if (cores.isEmpty()) {
			return Runtime.getRuntime().availableProcessors();
		}
		String[] ends = cores.split("-");
		return Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
	}

	/**
	 * A command that runs on some processors only.
	 * @param cores the processors; empty for all
	 * @param words the command
	 * @return the words of the command
	 */
	static List<String> restrict(String cores, List<String> words) {
		if (cores.isEmpty()) {
			return words;
		}
		List<String> restricted = new ArrayList<>(List.of(TASKSET.toString(), "-c", cores));
		restricted.addAll(words);
		return restricted;
	}

	/**
	 * The division for the record.
	 * @return processors by part; empty if all are shared
	 */
	Map<String, String> asMap() {
		Map<String, String> parts = new LinkedHashMap<>();
		if (!equals(SHARED)) {
			parts.put("lane", this.lane);
			parts.put("generator", this.generator);
			parts.put("downstream", this.downstream);
		}
		return parts;
	}

	private static String range(int first, int count) {
		return (count == 1) ? Integer.toString(first) : first + "-" + (first + count - 1);
	}

}
