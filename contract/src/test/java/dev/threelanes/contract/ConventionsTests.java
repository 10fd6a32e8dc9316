package dev.threelanes.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conventions that no tool of the build watches.
 */
class ConventionsTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Set<String> LANES = Set.of("mvc-app", "webflux-app", "loom-app");

	private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", "results", "node_modules");

	/**
	 * A folder of somebody's machine, or where somebody gets packages from. The
	 * well-known places for a JDK may be searched, so they are none of it if a pattern
	 * follows.
	 */
	private static final Pattern OF_A_MACHINE = Pattern.compile("(?<![\\w.}-])/(?:work|root|home/\\w+|Users/\\w+)/"
			+ "|/usr/lib" + "/jvm/(?!\\*)|https?://[^/\\s\"]*(?:artifactory|nexus|repo1?\\.maven|mirror)");

	private static final Pattern VERSION = Pattern.compile("<(?:version|[\\w.-]+\\.version)>([^<$]+)</");

	private static final Pattern UNRELEASED = Pattern.compile("(?i)snapshot|[.-](?:m\\d|rc|cr\\d|alpha|beta|ea\\b)");

	@Test
	void everyPackageIsNullMarked() throws IOException {
		List<Path> sources = files().stream()
			.filter((file) -> file.toString().endsWith(".java"))
			.filter((file) -> file.getNameCount() > 3 && file.subpath(1, 4).equals(Path.of("src/main/java")))
			.filter((file) -> !LANES.contains(file.getName(0).toString()))
			.toList();
		assertThat(sources).isNotEmpty();
		assertThat(sources.stream().map(Path::getParent).distinct())
			.allSatisfy((folder) -> assertThat(ROOT.resolve(folder).resolve("package-info.java")).content()
				.contains("@NullMarked"));
	}

	@Test
	void lanesAreBare() throws IOException {
		assertThat(files().stream()
			.filter((file) -> LANES.contains(file.getName(0).toString()))
			.filter((file) -> file.toString().endsWith(".java"))).isNotEmpty()
			.allSatisfy((file) -> assertThat(ROOT.resolve(file)).content().doesNotContain("jspecify"));
	}

	@Test
	void onlyReleasedVersionsAreNamed() throws IOException {
		List<Path> builds = files().stream().filter((file) -> file.endsWith("pom.xml")).toList();
		assertThat(builds).hasSizeGreaterThan(1);
		assertThat(builds.stream()
			.flatMap((file) -> VERSION.matcher(text(file)).results())
			.map((version) -> version.group(1))).isNotEmpty()
			.allSatisfy((version) -> assertThat(version).doesNotContainPattern(UNRELEASED));
		assertThat(List.of("1.0-SNAPSHOT", "4.1.0-M2", "4.1.0-RC1", "2.0-alpha-3", "5.0.0.Beta1"))
			.allSatisfy((version) -> assertThat(version).containsPattern(UNRELEASED));
	}

	@Test
	void nothingOfAMachineIsInTheTree() throws IOException {
		assertThat(files()).isNotEmpty();
		assertThat(files().stream()
			.flatMap((file) -> OF_A_MACHINE.matcher(text(file)).results().map((found) -> file + ": " + found.group())))
			.isEmpty();
	}

	@Test
	void placesOfAMachineAreNoticed() {
		assertThat(List.of("cd /" + "work/main", "~ is /" + "home/ann/", "/usr/lib" + "/jvm/temurin-25"))
			.allSatisfy((line) -> assertThat(line).containsPattern(OF_A_MACHINE));
		assertThat(List.of("ls /usr/lib/jvm/*25*", "GET /api/work/", "https://spring.io/"))
			.allSatisfy((line) -> assertThat(line).doesNotContainPattern(OF_A_MACHINE));
	}

	private static List<Path> files() throws IOException {
		List<Path> files = new ArrayList<>();
		Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
				return NOT_OURS.contains(String.valueOf(folder.getFileName())) ? FileVisitResult.SKIP_SUBTREE
						: FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				// In a worktree .git is a file.
				if (!file.equals(ROOT.resolve(".git"))) {
					files.add(ROOT.relativize(file));
				}
				return FileVisitResult.CONTINUE;
			}

		});
		return files;
	}

	private static String text(Path file) {
		try {
			return Files.readString(ROOT.resolve(file), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
