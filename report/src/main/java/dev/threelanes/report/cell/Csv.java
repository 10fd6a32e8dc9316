package dev.threelanes.report.cell;

import java.nio.charset.StandardCharsets;
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

	static Csv read(Content content) throws BrokenFileException {
		byte[] lines = content.lines();
		List<String> header = header(lines);
		List<Row> rows = new ArrayList<>();
		forEach(content.file(), lines, header.size(), () -> new Row(content.file(), lines, header.size()), rows::add);
		return new Csv(header, rows);
	}

	static Csv read(Content content, String header) throws BrokenFileException {
		Csv csv = read(content);
		require(content.file(), csv.header(), header);
		return csv;
	}

	/**
	 * Reads a file row by row and keeps none: a long run has millions of them.
	 * @param content what the file holds
	 * @param header the header that it must have
	 * @param reader what takes each row; it may not keep it
	 * @throws BrokenFileException if the file is truncated or malformed
	 */
	static void forEach(Content content, String header, RowReader reader) throws BrokenFileException {
		byte[] lines = content.lines();
		List<String> columns = header(lines);
		require(content.file(), columns, header);
		Row row = new Row(content.file(), lines, columns.size());
		forEach(content.file(), lines, columns.size(), () -> row, reader);
	}

	private static void forEach(Path file, byte[] lines, int columns, Supplier<Row> rows, RowReader reader)
			throws BrokenFileException {
		int line = 1;
		for (int begin = end(lines) + 1; begin < lines.length;) {
			line++;
			Row row = rows.get();
			int found = row.at(line, begin);
			if (found != columns) {
				throw new BrokenFileException(file, "line %s has %s fields, not %s".formatted(line, found, columns));
			}
			reader.read(row);
			begin = row.end() + 1;
		}
	}

	private static List<String> header(byte[] lines) {
		return List.of(new String(lines, 0, end(lines), StandardCharsets.UTF_8).split(",", -1));
	}

	private static int end(byte[] lines) {
		int end = 0;
		while (lines[end] != '\n') {
			end++;
		}
		return end;
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
	 * A row that can say where it stands. It is a place among the file's bytes: a long
	 * run has millions of rows, and most fields are read once and as numbers.
	 */
	static final class Row {

		/** So many digits always fit. */
		private static final int MOST_DIGITS = 18;

		private static final int NOT_DIGITS = -1;

		private final Path file;

		private final byte[] lines;

		/** Where the row begins, less one, and where each of its fields ends. */
		private final int[] ends;

		private int line;

		private Row(Path file, byte[] lines, int columns) {
			this.file = file;
			this.lines = lines;
			this.ends = new int[columns + 1];
		}

		/**
		 * Stands at a line of the file.
		 * @param line its number, from 1
		 * @param begin where it begins
		 * @return how many fields it has, which may be more or fewer than there are
		 * columns
		 */
		private int at(int line, int begin) {
			this.line = line;
			byte[] bytes = this.lines;
			int[] fields = this.ends;
			fields[0] = begin - 1;
			int found = 0;
			int place = begin;
			while (bytes[place] != '\n') {
				if (bytes[place] == ',') {
					found++;
					fields[Math.min(found, fields.length - 1)] = place;
				}
				place++;
			}
			found++;
			fields[Math.min(found, fields.length - 1)] = place;
			return found;
		}

		// Where the row ends, if it has as many fields as there are columns.
		private int end() {
			return this.ends[this.ends.length - 1];
		}

		String text(int column) {
			int begin = this.ends[column] + 1;
			return new String(this.lines, begin, this.ends[column + 1] - begin, StandardCharsets.UTF_8);
		}

		/**
		 * Whether a field is a text of ASCII characters.
		 * @param column the column
		 * @param text the text
		 * @return {@code true} if it is; of other texts it may be wrongly denied
		 */
		boolean is(int column, String text) {
			int begin = this.ends[column] + 1;
			if (this.ends[column + 1] - begin != text.length()) {
				return false;
			}
			for (int i = 0; i < text.length(); i++) {
				if (this.lines[begin + i] != text.charAt(i)) {
					return false;
				}
			}
			return true;
		}

		boolean blank(int column) {
			return this.ends[column] + 1 == this.ends[column + 1];
		}

		long integer(int column) throws BrokenFileException {
			long digits = digits(column);
			try {
				return (digits != NOT_DIGITS) ? digits : Long.parseLong(text(column));
			}
			catch (NumberFormatException ex) {
				throw notANumber(column, ex);
			}
		}

		int whole(int column) throws BrokenFileException {
			long integer = integer(column);
			try {
				return Math.toIntExact(integer);
			}
			catch (ArithmeticException ex) {
				throw notANumber(column, ex);
			}
		}

		double number(int column) throws BrokenFileException {
			long digits = digits(column);
			try {
				double number = (digits != NOT_DIGITS) ? digits : Double.parseDouble(text(column));
				if (!Double.isFinite(number)) {
					throw new NumberFormatException("not finite");
				}
				return number;
			}
			catch (NumberFormatException ex) {
				throw notANumber(column, ex);
			}
		}

		// Nearly all fields are this plain, and there are millions.
		private long digits(int column) {
			byte[] bytes = this.lines;
			int begin = this.ends[column] + 1;
			int end = this.ends[column + 1];
			if (begin == end || end - begin > MOST_DIGITS) {
				return NOT_DIGITS;
			}
			long value = 0;
			for (int i = begin; i < end; i++) {
				int digit = bytes[i] - '0';
				if (digit < 0 || digit > 9) {
					return NOT_DIGITS;
				}
				value = 10 * value + digit;
			}
			return value;
		}

		private BrokenFileException notANumber(int column, RuntimeException cause) {
			return new BrokenFileException(this.file,
					"line %s, field %s: '%s' is not a number".formatted(this.line, column + 1, text(column)), cause);
		}

	}

}
