package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class JdkTests {

	@TempDir
	private Path folder;

	@Test
	void findsTheFirstOfExactlyThatVersion() throws IOException {
		Path seventeen = install("a", "17.0.2");
		Path twentyOne = install("b", "21.0.5");
		Path another = install("c", "21.0.9");
		Path later = install("d", "25");
		List<Path> all = List.of(this.folder.resolve("nothing"), seventeen, twentyOne, another, later);
		assertThat(Jdk.find(21, all)).contains(new Jdk(twentyOne, 21));
		assertThat(Jdk.find(25, all)).contains(new Jdk(later, 25));
		assertThat(Jdk.find(2, all)).isEmpty();
		assertThat(new Jdk(twentyOne, 21).java()).isEqualTo(twentyOne.resolve("bin/java"));
	}

	@Test
	void folderThatDoesNotTellItsVersionIsNone() throws IOException {
		Path untold = install("a", "21.0.5");
		Files.delete(untold.resolve("release"));
		Path empty = Files.createDirectories(this.folder.resolve("jdk-21"));
		Files.writeString(empty.resolve("release"), "JAVA_VERSION=\"21.0.5\"\n");
		assertThat(Jdk.find(21, List.of(untold, empty))).isEmpty();
	}

	@Test
	void variableComesFirst() throws IOException {
		Path user = Files.createDirectories(this.folder.resolve("home"));
		Path own = Files.createDirectories(user.resolve(".sdkman/candidates/java/21.0.5-tem"));
		List<Path> candidates = Jdk.candidates(21, Map.of("JAVA_HOME", "/there", "JAVA21_HOME", "/here"), user);
		assertThat(candidates).startsWith(Path.of("/here"), Path.of("/there")).contains(own);
		assertThat(Jdk.candidates(21, Map.of("JAVA21_HOME", " "), user)).doesNotContain(Path.of(" ")).contains(own);
	}

	@Test
	void findsTheOneThatRunsThis() {
		Path running = Path.of(System.getProperty("java.home"));
		assertThat(Jdk.find(Runtime.version().feature(), List.of(running)))
			.contains(new Jdk(running, Runtime.version().feature()));
	}

	private Path install(String name, String version) throws IOException {
		Path home = Files.createDirectories(this.folder.resolve(name));
		Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
		Files.writeString(java, "#!/bin/sh\n");
		assertThat(java.toFile().setExecutable(true)).isTrue();
		Files.writeString(home.resolve("release"),
				"IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
		return home;
	}

}
