package dev.threelanes.report.cell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What a file of a cell holds, read once: its figures and its fingerprint come from the
 * same bytes.
 */
final class Content {

	private final Path file;

	private final byte[] bytes;

	private Content(Path file, byte[] bytes) {
		this.file = file;
		this.bytes = bytes;
	}

	/**
	 * Reads a file.
	 * @param file the file
	 * @return what it holds
	 * @throws BrokenFileException if it is missing or cannot be read
	 */
	static Content of(Path file) throws BrokenFileException {
		try {
			return new Content(file, Files.readAllBytes(file));
		}
		catch (NoSuchFileException ex) {
			throw new BrokenFileException(file, "it is missing", ex);
		}
		catch (IOException ex) {
			throw new BrokenFileException(file, "it cannot be read", ex);
		}
	}

	Path file() {
		return this.file;
	}

	/**
	 * The fingerprint of the file.
	 * @return its SHA-256, 64 hexadecimal digits
	 */
	String checksum() {
		return Checksums.of(this.bytes);
	}

	/**
	 * The lines of a file of text.
	 * @return the bytes, of which the last ends a line
	 * @throws BrokenFileException if the last line has no end
	 */
	byte[] lines() throws BrokenFileException {
		if (this.bytes.length == 0 || this.bytes[this.bytes.length - 1] != '\n') {
			throw new BrokenFileException(this.file, "it is truncated: its last line has no end");
		}
		return this.bytes;
	}

	/**
	 * The lines of a file of text as text.
	 * @return the text, of which the last character ends a line
	 * @throws BrokenFileException if the last line has no end
	 */
	String text() throws BrokenFileException {
		return new String(lines(), StandardCharsets.UTF_8);
	}

}
