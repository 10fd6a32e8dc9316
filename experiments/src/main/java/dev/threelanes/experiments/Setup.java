package dev.threelanes.experiments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What a contender is started with that the others are not: a difference that the
 * experiment is about. Whatever is not named here must be equal, and a rule sees to it.
 *
 * @param settings its settings, or {@code null} for those of the run
 * @param jdk the feature version of its JVM, 21 or higher, or {@code null} for the JVM of
 * the run
 * @param flags flags of its JVM beyond those of every lane
 * @param properties Spring properties by name
 */
public record Setup(@Nullable Settings settings, @Nullable Integer jdk, List<String> flags,
		Map<String, String> properties) {

	/** Started as every lane is. */
	public static final Setup AS_ALL = new Setup(null, null, List.of(), Map.of());

	/** Lets a JVM start only with its cache of classes, instead of without a word. */
	private static final String AOT_CACHE = "-XX:AOTMode=on";

	/** The oldest JVM that the lanes are compiled for. */
	private static final int OLDEST_JDK = 21;

	public Setup {
		flags = List.copyOf(flags);
		properties = Collections.unmodifiableMap(new TreeMap<>(properties));
		if (jdk != null && jdk < OLDEST_JDK) {
			throw new IllegalArgumentException("lanes need a JDK %d or newer, not %d".formatted(OLDEST_JDK, jdk));
		}
	}

	/**
	 * The same with settings of its own.
	 * @param settings the settings
	 * @return the setup
	 */
	public Setup with(Settings settings) {
		return new Setup(settings, this.jdk, this.flags, this.properties);
	}

	/**
	 * The same on another JVM.
	 * @param jdk its feature version, 21 or higher
	 * @return the setup
	 */
	public Setup onJdk(int jdk) {
		return new Setup(this.settings, jdk, this.flags, this.properties);
	}

	/**
	 * The same with a further flag of the JVM.
	 * @param flag the flag
	 * @return the setup
	 */
	public Setup withFlag(String flag) {
		List<String> more = new ArrayList<>(this.flags);
		more.add(flag);
		return new Setup(this.settings, this.jdk, more, this.properties);
	}

	/**
	 * The same with another collector than G1.
	 * @param collector the collector
	 * @return the setup
	 */
	public Setup with(Collector collector) {
		List<String> more = new ArrayList<>(this.flags);
		more.addAll(collector.flags());
		return new Setup(this.settings, this.jdk, more, this.properties);
	}

	/**
	 * The collector that it names.
	 * @return the collector, or nothing for that of every lane
	 */
	public Optional<Collector> collector() {
		return Collector.in(this.flags);
	}

	/**
	 * The same, started with a cache of its classes as an earlier start left them.
	 * @return the setup
	 */
	public Setup withAotCache() {
		return withFlag(AOT_CACHE);
	}

	/**
	 * Whether it is started with a cache of its classes (JEP 483), which must be made
	 * first.
	 * @return {@code true} if its JVM does not start without one
	 */
	public boolean aotCache() {
		return this.flags.contains(AOT_CACHE);
	}

	/**
	 * The same with a further Spring property.
	 * @param name its name
	 * @param value its value
	 * @return the setup
	 */
	public Setup withProperty(String name, String value) {
		Map<String, String> more = new TreeMap<>(this.properties);
		more.put(name, value);
		return new Setup(this.settings, this.jdk, this.flags, more);
	}

	/**
	 * The settings of a contender with this setup.
	 * @param ofTheRun the settings that the run was asked for
	 * @return its own, or those of the run
	 */
	public Settings settings(Settings ofTheRun) {
		return (this.settings != null) ? this.settings : ofTheRun;
	}

	/**
	 * What it names, for people.
	 * @return a phrase for each; none if it names nothing
	 */
	public List<String> words() {
		List<String> words = new ArrayList<>();
		if (this.settings != null) {
			words.add("settings " + this.settings.id());
		}
		if (this.jdk != null) {
			words.add("JDK " + this.jdk);
		}
		words.addAll(this.flags);
		this.properties.forEach((name, value) -> words.add(name + " = " + value));
		return words;
	}

}
