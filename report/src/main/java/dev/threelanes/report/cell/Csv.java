package dev.threelanes.report.cell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of comma-separated fields as the record files have it: a header, no quotes, and
 * a line break after every row, so that a truncated file can be told from a whole one.
 *
 * @param header the names of the columns
 * @param rows the rows below it
 */
record Csv(List<String> header, List<Row> rows) {

	static Csv read(Path file) throws BrokenFileException {
		String text;
		try {
			text = Files.readString(file, StandardCharsets.UTF_8);
		}
		catch (NoSuchFileException ex) {
			throw new BrokenFileException(file, "it is missing", ex);
		}
		catch (IOException ex) {
			throw new BrokenFileException(file, "it cannot be read as text", ex);
		}
		if (!text.endsWith("\n")) {
			throw new BrokenFileException(file, "it is truncated: its last line has no end");
		}
		int end = text.indexOf('\n');
		List<String> header = List.of(text.substring(0, end).split(",", -1));
		List<Row> rows = new ArrayList<>();
		for (int begin = end + 1; begin < text.length(); begin = end + 1) {
			end = text.indexOf('\n', begin);
			rows.add(row(file, rows.size() + 2, text, begin, end, header.size()));
		}
		return new Csv(header, rows);
	}

	static Csv read(Path file, String header) throws BrokenFileException {
		Csv csv = read(file);
		if (!String.join(",", csv.header()).equals(header)) {
			throw new BrokenFileException(file, "its header is not '%s'".formatted(header));
		}
		return csv;
	}

	private static Row row(Path file, int line, String text, int begin, int end, int columns)
			throws BrokenFileException {
		int[] ends = new int[columns + 1];
		ends[0] = begin - 1;
		int found = 0;
		for (int i = begin; i <= end; i++) {
			if (i == end || text.charAt(i) == ',') {
				found++;
				if (found <= columns) {
					ends[found] = i;
				}
			}
		}
		if (found != columns) {
			throw new BrokenFileException(file, "line %s has %s fields, not %s".formatted(line, found, columns));
		}
		return new Row(file, line, text, ends);
	}

	/**
	 * A row that can say where it stands. It is a place in the file's text: a long run
	 * has millions of rows, and most fields are read once and as numbers.
	 */
	static final class Row {

		private final Path file;

		private final int line;

		private final String content;

		/** Where the row begins, less one, and where each of its fields ends. */
		private final int[] ends;

		private Row(Path file, int line, String content, int[] ends) {
			this.file = file;
			this.line = line;
			this.content = content;
			this.ends = ends;
		}

		String text(int column) {
			return this.content.substring(this.ends[column] + 1, this.ends[column + 1]);
		}

		/**
		 * Reads a field of text that is mostly the same as in the row before.
		 * @param column the column
		 * @param before the text in the row before
		 * @return that very text if it is the same
		 */
		String text(int column, String before) {
			int begin = this.ends[column] + 1;
			return (before.length() == this.ends[column + 1] - begin && this.content.startsWith(before, begin)) ? before
					: text(column);
		}

		boolean blank(int column) {
			return this.ends[column] + 1 == this.ends[column + 1];
		}

		long integer(int column) throws BrokenFileException {
			try {
				return Long.parseLong(this.content, this.ends[column] + 1, this.ends[column + 1], 10);
			}
			catch (NumberFormatException ex) {
				throw notANumber(column, ex);
			}
		}

		double number(int column) throws BrokenFileException {
			try {
				double number = Double.parseDouble(text(column));
				if (!Double.isFinite(number)) {
					throw new NumberFormatException("not finite");
				}
				return number;
			}
			catch (NumberFormatException ex) {
				throw notANumber(column, ex);
			}
		}

		private BrokenFileException notANumber(int column, NumberFormatException cause) {
			return new BrokenFileException(this.file,
					"line %s, field %s: '%s' is not a number".formatted(this.line, column + 1, text(column)), cause);
		}

	}

}
