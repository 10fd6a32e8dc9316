package dev.threelanes.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CoresTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void everyPartHasProcessorsOfItsOwn() {
		assertThat(Cores.of(4)).isEqualTo(new Cores("0-1", "2", "3"));
		assertThat(Cores.of(6)).isEqualTo(new Cores("0-3", "4", "5"));
		assertThat(Cores.of(16)).isEqualTo(new Cores("0-7", "8-11", "12-15"));
		assertThat(Cores.count("8-11")).isEqualTo(4);
		assertThat(Cores.count("2")).isEqualTo(1);
	}

	@Test
	void fewerThanFourCannotBeDivided() {
		assertThatIllegalArgumentException().isThrownBy(() -> Cores.of(2))
			.withMessage("--pin needs at least 4 processors; this machine has 2");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aProcessIsRestrictedInEffect() throws Exception {
		Path source = Files.writeString(this.folder.resolve("Count.java"),
				"void main() { System.out.println(Runtime.getRuntime().availableProcessors()); }");
		Path log = this.folder.resolve("log");
		ChildProcess process = ChildProcess.start("a JVM",
				new JavaCommand(List.of(), List.of(source.toString()), List.of()), "0", log, Duration.ofSeconds(1));
		assertThat(process.waitFor(Duration.ofSeconds(60))).isTrue();
		assertThat(log).content().isEqualToIgnoringNewLines("1");
	}

}
