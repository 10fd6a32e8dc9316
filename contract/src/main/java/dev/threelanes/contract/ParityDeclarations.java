package dev.threelanes.contract;

import java.util.ArrayList;
import java.util.List;

/**
 * The differences that two lanes are allowed, each group with a reason. They are written
 * as
 *
 * <pre>
 * # why they differ
 * &#64; the file
 * - a line that only the left one has
 * + a line that only the right one has
 * </pre>
 *
 * without line numbers, so that they hold when lines move. A reason holds for the files
 * and lines below it, up to the next one.
 *
 * @param differences the differences in the order they are declared
 */
record ParityDeclarations(List<Parity.Difference> differences) {

	/**
	 * Reads declarations.
	 * @param lines the lines of the declaring file
	 * @return what they declare
	 * @throws IllegalArgumentException if a line is none of a declaration, or a
	 * difference has no reason or no file
	 */
	static ParityDeclarations parse(List<String> lines) {
		List<Parity.Difference> differences = new ArrayList<>();
		String reason = "";
		String file = "";
		for (String line : lines) {
			String rest = line.substring(Math.min(2, line.length()));
			switch (line.isBlank() ? ' ' : line.charAt(0)) {
				case ' ' -> {
				}
				case '#' -> {
					reason = rest;
					file = "";
				}
				case '@' -> file = rest;
				case '-', '+' -> {
					if (reason.isBlank() || file.isBlank()) {
						throw new IllegalArgumentException("A difference without a reason or a file: " + line);
					}
					differences.add(new Parity.Difference(file, line.charAt(0), rest));
				}
				default -> throw new IllegalArgumentException("Not a declaration: " + line);
			}
		}
		return new ParityDeclarations(List.copyOf(differences));
	}

}
