package dev.threelanes.deployment.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Dockerfile's stages.
 *
 * @param stages the stages by name
 */
record Dockerfile(Map<String, Stage> stages) {

	/**
	 * Reads the file.
	 * @return the stages
	 * @throws IOException if it cannot be read
	 */
	static Dockerfile read() throws IOException {
		Map<String, Stage> stages = new LinkedHashMap<>();
		String name = "";
		String base = "";
		List<Instruction> instructions = new ArrayList<>();
		for (String line : text().replaceAll("(?m)^\\s*#.*\\R", "").replaceAll("\\\\\\R", " ").lines().toList()) {
			String[] words = line.strip().split("\\s+", 2);
			if (words[0].equals("FROM")) {
				if (!name.isEmpty()) {
					stages.put(name, new Stage(base, instructions));
				}
				String[] from = words[1].split("\\s+");
				base = from[0];
				name = from[2];
				instructions = new ArrayList<>();
			}
			else if (words.length == 2) {
				instructions.add(new Instruction(words[0], words[1]));
			}
		}
		stages.put(name, new Stage(base, instructions));
		return new Dockerfile(stages);
	}

	static String text() throws IOException {
		return Files.readString(ComposeFile.ROOT.resolve("Dockerfile"));
	}

	/**
	 * The instruction of a kind that counts in a stage: its own last one, or that of the
	 * stage which it begins with.
	 * @param stage the stage's name
	 * @param keyword the kind
	 * @return what the instruction says, or nothing if there is none
	 */
	Optional<String> last(String stage, String keyword) {
		return all(stage, keyword).reduce((first, second) -> second);
	}

	/**
	 * The image that a stage begins with in the end.
	 * @param stage the stage's name
	 * @return the image
	 */
	String baseImage(String stage) {
		Stage found = this.stages.get(stage);
		return (found != null) ? baseImage(found.base()) : stage;
	}

	private Stream<String> all(String stage, String keyword) {
		Stage found = this.stages.get(stage);
		return (found != null) ? Stream.concat(all(found.base(), keyword),
				found.instructions()
					.stream()
					.filter((instruction) -> instruction.keyword().equals(keyword))
					.map(Instruction::text))
				: Stream.empty();
	}

	// A stage.
	record Stage(String base, List<Instruction> instructions) {
	}

	// An instruction.
	record Instruction(String keyword, String text) {
	}

}
