package dev.threelanes.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The lanes differ in what is declared, and the check that says so would notice anything
 * else.
 */
class ParityTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final List<String> DECLARED = List.of("# the name", "@ src/App.java", "- lane one", "+ lane two");

	@TempDir
	Path temp;

	@ParameterizedTest
	@ValueSource(strings = { "loom", "webflux" })
	void lanesDifferInWhatIsDeclaredOnly(String lane) throws IOException {
		Path declarations = Path.of("src/test/resources/parity/mvc-%s.txt".formatted(lane));
		Parity parity = new Parity(ROOT.resolve("mvc-app"), ROOT.resolve(lane + "-app"),
				ParityDeclarations.parse(Files.readAllLines(declarations)));
		assertThat(parity.breaches()).isEmpty();
	}

	@Test
	void declaredDifferencePasses() throws IOException {
		assertThat(breaches(DECLARED)).isEmpty();
	}

	@Test
	void undeclaredFileFails() throws IOException {
		lane("two", "lane two", "both");
		Files.writeString(this.temp.resolve("two/src/Extra.java"), "");
		assertThat(breaches(DECLARED)).containsExactly("only in two: src/Extra.java");
	}

	@Test
	void missingFileFails() throws IOException {
		lane("one", "lane one", "both");
		Files.writeString(this.temp.resolve("one/src/Extra.java"), "");
		assertThat(breaches(DECLARED)).containsExactly("only in one: src/Extra.java");
	}

	@Test
	void undeclaredLineFails() throws IOException {
		lane("two", "lane two", "both", "more");
		assertThat(breaches(DECLARED)).containsExactly("undeclared: src/App.java: + more");
	}

	@Test
	void lineDeclaredOnceButFoundTwiceFails() throws IOException {
		lane("two", "lane two", "both", "lane two");
		assertThat(breaches(DECLARED)).containsExactly("undeclared: src/App.java: + lane two");
	}

	@Test
	void undeclaredLineOfTheBuildFails() throws IOException {
		lane("two", "lane two", "both");
		Files.writeString(this.temp.resolve("two/pom.xml"), "<project/>\n<!-- more -->\n");
		assertThat(breaches(DECLARED)).containsExactly("undeclared: pom.xml: + <!-- more -->");
	}

	@Test
	void staleDeclarationFails() throws IOException {
		lane("two", "lane one", "both");
		assertThat(breaches(DECLARED)).containsExactly("declared, but not so: src/App.java: - lane one",
				"declared, but not so: src/App.java: + lane two");
	}

	@Test
	void declarationOfAnotherFileFails() throws IOException {
		List<String> declared = List.of("# the name", "@ src/Other.java", "- lane one", "+ lane two");
		assertThat(breaches(declared)).hasSize(4);
	}

	@Test
	void declarationWithoutReasonIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ParityDeclarations.parse(List.of("@ src/App.java", "- lane one")))
			.withMessageContaining("- lane one");
	}

	@Test
	void lineThatIsNoDeclarationIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ParityDeclarations.parse(List.of("lane one")))
			.withMessageContaining("lane one");
	}

	private List<String> breaches(List<String> declared) throws IOException {
		if (Files.notExists(this.temp.resolve("one"))) {
			lane("one", "lane one", "both");
		}
		if (Files.notExists(this.temp.resolve("two"))) {
			lane("two", "lane two", "both");
		}
		return new Parity(this.temp.resolve("one"), this.temp.resolve("two"), ParityDeclarations.parse(declared))
			.breaches();
	}

	private void lane(String name, String... lines) throws IOException {
		Path sources = Files.createDirectories(this.temp.resolve(name).resolve("src"));
		Files.writeString(sources.resolveSibling("pom.xml"), "<project/>\n");
		Files.write(sources.resolve("App.java"), List.of(lines));
	}

}
