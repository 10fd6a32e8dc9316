package dev.threelanes.experiments;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A garbage collector that a contender has for itself, in place of the G1 of every lane.
 */
public enum Collector {

	/** All threads of the collector at once, while everything else stands still. */
	PARALLEL("-XX:+UseParallelGC", "PS "),

	/** ZGC, which works while the program does. */
	ZGC("-XX:+UseZGC", "ZGC ");

	private static final String NOT_G1 = "-XX:-UseG1GC";

	private final String flag;

	private final String beans;

	Collector(String flag, String beans) {
		this.flag = flag;
		this.beans = beans;
	}

	/**
	 * The flags by which a JVM that was told to take G1 takes this one.
	 * @return the flags, in this order
	 */
	List<String> flags() {
		return List.of(NOT_G1, this.flag);
	}

	/**
	 * Whether a JVM runs it.
	 * @param bean the name of one of the JVM's garbage collectors, as its MXBean tells it
	 * @return {@code true} if it is a part of this collector
	 */
	public boolean hasBean(String bean) {
		return bean.startsWith(this.beans);
	}

	static Optional<Collector> in(List<String> flags) {
		return Arrays.stream(values()).filter((collector) -> flags.containsAll(collector.flags())).findFirst();
	}

}
