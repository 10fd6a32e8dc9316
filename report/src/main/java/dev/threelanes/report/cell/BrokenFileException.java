package dev.threelanes.report.cell;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A file of a run is missing, truncated or not what it should be. The message names the
 * file without its folder, so that it reads the same wherever the run lies.
 */
public class BrokenFileException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * Names a file and what is wrong with it.
	 * @param file the file
	 * @param problem what is wrong, beginning with "it"
	 */
	public BrokenFileException(Path file, String problem) {
		this(file, problem, null);
	}

	/**
	 * Names a file, what is wrong with it, and what showed it.
	 * @param file the file
	 * @param problem what is wrong, beginning with "it"
	 * @param cause what showed it, or {@code null}
	 */
	public BrokenFileException(Path file, String problem, @Nullable Throwable cause) {
		super("%s: %s".formatted(file.getFileName(), problem), cause);
	}

}
