package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java that is installed on this machine, for contenders that are about an older one.
 *
 * @param home its folder
 * @param feature its feature version, such as 21
 */
record Jdk(Path home, int feature) {

	private static final Pattern VERSION = Pattern.compile("^JAVA_VERSION=\"(\\d+)", Pattern.MULTILINE);

	/**
	 * Looks where the {@code lanes} script looks for the newest, and at
	 * {@code JAVA<feature>_HOME} first.
	 * @param feature the feature version
	 * @return the first that is exactly of that version, or nothing
	 */
	static Optional<Jdk> find(int feature) {
		return find(feature, candidates(feature, System.getenv(), Path.of(System.getProperty("user.home", "/"))));
	}

	static Optional<Jdk> find(int feature, List<Path> candidates) {
		return candidates.stream()
			.filter((home) -> Files.isExecutable(home.resolve("bin/java")))
			.filter((home) -> feature(home) == feature)
			.findFirst()
			.map((home) -> new Jdk(home, feature));
	}

	/**
	 * The folders to look at, in this order.
	 * @param feature the feature version
	 * @param environment the variables of the environment
	 * @param user the user's own folder
	 * @return those that exist
	 */
	static List<Path> candidates(int feature, Map<String, String> environment, Path user) {
		List<Path> candidates = new ArrayList<>();
		for (String variable : List.of("JAVA%d_HOME".formatted(feature), "JAVA_HOME")) {
			String home = environment.get(variable);
			if (home != null && !home.isBlank()) {
				candidates.add(Path.of(home));
			}
		}
		String named = "*%d*".formatted(feature);
		candidates.addAll(matching(Path.of("/usr/lib/jvm"), named));
		candidates.addAll(matching(Path.of("/usr/java"), named));
		candidates.addAll(matching(Path.of("/opt/java"), "*"));
		candidates.addAll(matching(Path.of("/opt"), "*jdk" + named));
		candidates.addAll(matching(user.resolve(".sdkman/candidates/java"), feature + "*"));
		candidates.addAll(matching(user.resolve(".jdks"), named));
		for (Path library : List.of(Path.of("/Library"), user.resolve("Library"))) {
			matching(library.resolve("Java/JavaVirtualMachines"), "*")
				.forEach((bundle) -> candidates.add(bundle.resolve("Contents/Home")));
		}
		return candidates;
	}

	/**
	 * Says how to have one where there is none.
	 * @param feature the feature version
	 * @return the reason why something cannot be run here
	 */
	static String missing(int feature) {
		return "there is no JDK %1$d on this machine: install one, or set JAVA%1$d_HOME to it".formatted(feature);
	}

	Path java() {
		return this.home.resolve("bin/java");
	}

	private static int feature(Path home) {
		try {
			Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
			return version.find() ? Integer.parseInt(version.group(1)) : -1;
		}
		catch (IOException ex) {
			return -1;
		}
	}

	private static List<Path> matching(Path folder, String glob) {
		List<Path> found = new ArrayList<>();
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
			entries.forEach(found::add);
		}
		catch (IOException ex) {
			// A folder that is not there holds nothing.
		}
		found.sort(null);
		return found;
	}

}
