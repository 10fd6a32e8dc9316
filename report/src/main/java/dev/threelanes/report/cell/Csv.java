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
		List<String> lines = text.lines().toList();
		List<String> header = List.of(lines.getFirst().split(",", -1));
		List<Row> rows = new ArrayList<>();
		for (int i = 1; i < lines.size(); i++) {
			List<String> fields = List.of(lines.get(i).split(",", -1));
			if (fields.size() != header.size()) {
				throw new BrokenFileException(file,
						"line %s has %s fields, not %s".formatted(i + 1, fields.size(), header.size()));
			}
			rows.add(new Row(file, i + 1, fields));
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

	/**
	 * A row that can say where it stands.
	 *
	 * @param file the file
	 * @param line the number of the line, from 1
	 * @param fields the fields
	 */
	record Row(Path file, int line, List<String> fields) {

		String text(int column) {
			return this.fields.get(column);
		}

		long integer(int column) throws BrokenFileException {
			try {
				return Long.parseLong(text(column));
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
