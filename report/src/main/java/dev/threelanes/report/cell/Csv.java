package dev.threelanes.report.cell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A file of comma-separated fields as the record files have it: a header, no quotes, and
 * a line break after every row, so that a truncated file can be told from a whole one.
 *
 * @param header the names of the columns
 * @param rows the rows below it
 */
record Csv(List<String> header, List<Row> rows) {

	static Csv read(Path file) throws BrokenFileException {
		String text = text(file);
		List<String> header = header(text);
		List<Row> rows = new ArrayList<>();
		forEach(file, text, header.size(), () -> new Row(file, text, header.size()), rows::add);
		return new Csv(header, rows);
	}

	static Csv read(Path file, String header) throws BrokenFileException {
		Csv csv = read(file);
		require(file, csv.header(), header);
		return csv;
	}

	/**
	 * Reads a file row by row and keeps none: a long run has millions of them.
	 * @param file the file
	 * @param header the header that it must have
	 * @param reader what takes each row; it may not keep it
	 * @throws BrokenFileException if the file is missing, truncated or malformed
	 */
	static void forEach(Path file, String header, RowReader reader) throws BrokenFileException {
		String text = text(file);
		List<String> columns = header(text);
		require(file, columns, header);
		Row row = new Row(file, text, columns.size());
		forEach(file, text, columns.size(), () -> row, reader);
	}

	private static void forEach(Path file, String text, int columns, Supplier<Row> rows, RowReader reader)
			throws BrokenFileException {
		int end = text.indexOf('\n');
		int line = 1;
		for (int begin = end + 1; begin < text.length(); begin = end + 1) {
			end = text.indexOf('\n', begin);
			line++;
			Row row = rows.get();
			int found = row.at(line, begin, end);
			if (found != columns) {
				throw new BrokenFileException(file, "line %s has %s fields, not %s".formatted(line, found, columns));
			}
			reader.read(row);
		}
	}

	private static String text(Path file) throws BrokenFileException {
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
		return text;
	}

	private static List<String> header(String text) {
		return List.of(text.substring(0, text.indexOf('\n')).split(",", -1));
	}

	private static void require(Path file, List<String> columns, String header) throws BrokenFileException {
		if (!String.join(",", columns).equals(header)) {
			throw new BrokenFileException(file, "its header is not '%s'".formatted(header));
		}
	}

	/**
	 * What takes the rows of a file.
	 */
	@FunctionalInterface
	interface RowReader {

		/**
		 * Takes a row.
		 * @param row the row
		 * @throws BrokenFileException if a field is malformed
		 */
		void read(Row row) throws BrokenFileException;

	}

	/**
	 * A row that can say where it stands. It is a place in the file's text: a long run
	 * has millions of rows, and most fields are read once and as numbers.
	 */
	static final class Row {

		private final Path file;

		private final String content;

		/** Where the row begins, less one, and where each of its fields ends. */
		private final int[] ends;

		private int line;

		private Row(Path file, String content, int columns) {
			this.file = file;
			this.content = content;
			this.ends = new int[columns + 1];
		}

		/**
		 * Stands at a line of the file.
		 * @param line its number, from 1
		 * @param begin where it begins
		 * @param end where it ends
		 * @return how many fields it has, which may be more or fewer than there are
		 * columns
		 */
		private int at(int line, int begin, int end) {
			this.line = line;
			this.ends[0] = begin - 1;
			int found = 0;
			for (int i = begin; i <= end; i++) {
				if (i == end || this.content.charAt(i) == ',') {
					found++;
					if (found < this.ends.length) {
						this.ends[found] = i;
					}
				}
			}
			return found;
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

		int whole(int column) throws BrokenFileException {
			try {
				return Integer.parseInt(this.content, this.ends[column] + 1, this.ends[column + 1], 10);
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
