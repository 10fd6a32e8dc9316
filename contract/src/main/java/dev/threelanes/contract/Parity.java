package dev.threelanes.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;

/**
 * Two lanes side by side: their build file and sources must be the same, file by file and
 * line by line, but for what is declared. A declaration that no longer holds counts as
 * well, so that the list of the differences stays the truth.
 */
final class Parity {

	private final Path left;

	private final Path right;

	private final ParityDeclarations declared;

	Parity(Path left, Path right, ParityDeclarations declared) {
		this.left = left;
		this.right = right;
		this.declared = declared;
	}

	/**
	 * Compares the two.
	 * @return a line for each breach of their parity, none if all is as declared
	 * @throws IOException if a file cannot be read
	 */
	List<String> breaches() throws IOException {
		List<String> breaches = new ArrayList<>();
		SortedSet<String> leftFiles = files(this.left);
		SortedSet<String> rightFiles = files(this.right);
		SortedSet<String> all = new TreeSet<>(leftFiles);
		all.addAll(rightFiles);
		List<Difference> differences = new ArrayList<>();
		for (String file : all) {
			if (!rightFiles.contains(file)) {
				breaches.add("only in %s: %s".formatted(this.left.getFileName(), file));
			}
			else if (!leftFiles.contains(file)) {
				breaches.add("only in %s: %s".formatted(this.right.getFileName(), file));
			}
			else {
				differences.addAll(differences(file));
			}
		}
		List<Difference> undeclared = new ArrayList<>(differences);
		List<Difference> stale = new ArrayList<>(this.declared.differences());
		differences.forEach((difference) -> {
			if (stale.remove(difference)) {
				undeclared.remove(difference);
			}
		});
		undeclared.forEach((difference) -> breaches.add("undeclared: " + difference));
		stale.forEach((difference) -> breaches.add("declared, but not so: " + difference));
		return breaches;
	}

	private List<Difference> differences(String file) throws IOException {
		List<Difference> differences = new ArrayList<>();
		for (AbstractDelta<String> delta : DiffUtils
			.diff(Files.readAllLines(this.left.resolve(file)), Files.readAllLines(this.right.resolve(file)))
			.getDeltas()) {
			delta.getSource().getLines().forEach((line) -> differences.add(new Difference(file, '-', line)));
			delta.getTarget().getLines().forEach((line) -> differences.add(new Difference(file, '+', line)));
		}
		// An empty line means nothing.
		differences.removeIf((difference) -> difference.line().isBlank());
		return differences;
	}

	private static SortedSet<String> files(Path lane) throws IOException {
		try (Stream<Path> sources = Files.walk(lane.resolve("src"))) {
			return Stream.concat(Stream.of(lane.resolve("pom.xml")), sources.filter(Files::isRegularFile))
				.map((file) -> lane.relativize(file).toString().replace('\\', '/'))
				.collect(Collectors.toCollection(TreeSet::new));
		}
	}

	/**
	 * A line that only one of the two has.
	 *
	 * @param file where it stands
	 * @param side {@code -} if only the left one has it, {@code +} if only the right one
	 * @param line the line
	 */
	record Difference(String file, char side, String line) {

		@Override
		public String toString() {
			return "%s: %s %s".formatted(this.file, this.side, this.line);
		}

	}

}
