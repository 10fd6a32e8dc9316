package dev.threelanes.report.cell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fingerprints of files, so that what was changed after it was measured is noticed.
 */
public final class Checksums {

	private Checksums() {
	}

	/**
	 * The SHA-256 of a file.
	 * @param file the file
	 * @return 64 hexadecimal digits
	 * @throws IOException if it cannot be read
	 */
	public static String of(Path file) throws IOException {
		return of(Files.readAllBytes(file));
	}

	/**
	 * The SHA-256 of a text.
	 * @param text the text, as UTF-8
	 * @return 64 hexadecimal digits
	 */
	public static String ofText(String text) {
		return of(text.getBytes(StandardCharsets.UTF_8));
	}

	static String of(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JVM has SHA-256", ex);
		}
	}

	/**
	 * The SHA-256 of each file of a cell but {@code cell.json}, which keeps them, and the
	 * generator's own report, from which nothing is computed.
	 * @param cell the cell
	 * @return the fingerprints by the files' names, with the folders that they lie in
	 * @throws IOException if one cannot be read
	 */
	public static Map<String, String> of(CellFiles cell) throws IOException {
		Map<String, String> sums = new TreeMap<>();
		for (Path file : cell.records()) {
			sums.put(cell.name(file), of(file));
		}
		return sums;
	}

}
