package dev.threelanes.report.cell;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the files of a cell hold. Each is read once, so that what is checked is what
 * figures are computed from.
 */
final class Contents {

	private final Map<Path, Content> contents = new HashMap<>();

	/**
	 * Reads a file, unless it was read before.
	 * @param file the file
	 * @return what it holds
	 * @throws BrokenFileException if it is missing or cannot be read
	 */
	Content of(Path file) throws BrokenFileException {
		Content content = this.contents.get(file);
		if (content == null) {
			content = Content.of(file);
			this.contents.put(file, content);
		}
		return content;
	}

}
