package dev.threelanes.report.cell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CsvTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@ParameterizedTest
	@ValueSource(
			strings = { "0", "007", "-5", "+7", "123456789012345678", "1234567890123456789", "-9223372036854775808" })
	void readsIntegersOfAnyLength(String text) throws Exception {
		assertThat(row(text).integer(0)).isEqualTo(Long.parseLong(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "1.5", "-2", "1e-7", "123456789012345678", "12345678901234567890" })
	void readsNumbersAsTheyWereWritten(String text) throws Exception {
		assertThat(row(text).number(0)).isEqualTo(Double.parseDouble(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-", "x", "1 ", "1.5", "9223372036854775808" })
	void namesTheFieldThatIsNoInteger(String text) {
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> row(text).integer(0))
			.withMessage("some.csv: line 2, field 1: '%s' is not a number".formatted(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "NaN", "Infinity" })
	void namesTheFieldThatIsNoNumber(String text) {
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> row(text).number(0))
			.withMessage("some.csv: line 2, field 1: '%s' is not a number".formatted(text));
	}

	@Test
	void anIntegerThatIsTooLargeIsNoWholeNumber() throws Exception {
		assertThat(row("2147483647").whole(0)).isEqualTo(Integer.MAX_VALUE);
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> row("2147483648").whole(0))
			.withMessage("some.csv: line 2, field 1: '2147483648' is not a number");
	}

	@Test
	void readsTextAndWhatIsBlank() throws Exception {
		Csv.Row row = Csv.read(content("some,other\n×,\n")).rows().getFirst();
		assertThat(row.text(0)).isEqualTo("×");
		assertThat(row.is(0, "×")).isFalse();
		assertThat(row.is(1, "")).isTrue();
		assertThat(row.blank(1)).isTrue();
		assertThat(row("plain").is(0, "plain")).isTrue();
		assertThat(row("plain").is(0, "plaid")).isFalse();
		assertThat(row("plain").is(0, "plain and more")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "'1', 1", "'1,2,3', 3", "'', 1", "',,,', 4" })
	void tellsARowOfFewerOrMoreFields(String row, int fields) throws Exception {
		Content content = content("some,other\n1,2\n" + row + "\n");
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> Csv.read(content))
			.withMessage("some.csv: line 3 has %d fields, not 2".formatted(fields));
	}

	@Test
	void anotherHeaderIsRefused() throws Exception {
		Content content = content("some,other\n");
		assertThat(Csv.read(content, "some,other").rows()).isEmpty();
		assertThat(Csv.read(content).header()).isEqualTo(List.of("some", "other"));
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> Csv.read(content, "some"))
			.withMessage("some.csv: its header is not 'some'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "some", "some\n1" })
	void aFileThatEndsWithinALineIsTruncated(String text) throws Exception {
		Content content = content(text);
		assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> Csv.read(content))
			.withMessage("some.csv: it is truncated: its last line has no end");
	}

	private Csv.Row row(String field) throws Exception {
		return Csv.read(content("some\n" + field + "\n")).rows().getFirst();
	}

	private Content content(String text) throws Exception {
		return Content.of(Files.writeString(this.folder.resolve("some.csv"), text));
	}

}
