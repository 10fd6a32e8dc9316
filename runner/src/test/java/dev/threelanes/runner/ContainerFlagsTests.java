package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ContainerFlagsTests {

	@Test
	void aLaneInAContainerHasTheFlagsOfALaneThatIsAProcess() throws Exception {
		assertThat(entryPoint("lane")).isEqualTo(command(JavaCommand.LANE_FLAGS));
	}

	@Test
	void theDownstreamInAContainerHasTheFlagsOfTheOneThatIsAProcess() throws Exception {
		List<String> entryPoint = entryPoint("downstream");
		assertThat(entryPoint.removeLast()).isEqualTo("--address=0.0.0.0");
		assertThat(entryPoint).isEqualTo(command(JavaCommand.DOWNSTREAM_FLAGS));
	}

	@Test
	void theRunnerInAContainerHasTheFlagsOfTheScript() throws Exception {
		String script = Files.readString(Path.of("..", "lanes"));
		assertThat(entryPoint("runner").stream().filter((word) -> word.startsWith("-X") || word.startsWith("--")))
			.isNotEmpty()
			.allMatch(script::contains);
	}

	private static List<String> command(List<String> flags) {
		List<String> words = new ArrayList<>(List.of("java"));
		words.addAll(flags);
		words.addAll(List.of("-jar", "app.jar"));
		return words;
	}

	private static List<String> entryPoint(String stage) throws IOException {
		String text = Files.readString(Path.of("..", "Dockerfile")).replaceAll("\\\\\\R", " ");
		String from = text.substring(text.indexOf(" AS " + stage + "\n"));
		String json = from.substring(from.indexOf("ENTRYPOINT ") + "ENTRYPOINT ".length())
			.lines()
			.findFirst()
			.orElseThrow();
		return new JsonMapper().readValue(json, new TypeReference<List<String>>() {
		});
	}

}
