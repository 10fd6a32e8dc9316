package dev.threelanes.experiments;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ParametersTests {

	private final Parameters parameters = new Parameters(500, 200);

	@Test
	void changesOnlyWhatIsNamed() {
		assertThat(this.parameters.with(Map.of("threads", "400"))).isEqualTo(new Parameters(500, 400));
		assertThat(this.parameters.with("delayMs", "80")).isEqualTo(new Parameters(80, 200));
	}

	@ParameterizedTest
	@CsvSource({ "delayMs, 1", "delayMs, 30000", "threads, 1", "threads, 10000" })
	void acceptsTheBounds(String name, String value) {
		assertThat(this.parameters.with(name, value).asMap()).containsEntry(name, Integer.valueOf(value));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			delayMs | 0     | delayMs must be between 1 and 30000, not 0
			delayMs | 30001 | delayMs must be between 1 and 30000, not 30001
			threads | 0     | threads must be between 1 and 10000, not 0
			threads | 10001 | threads must be between 1 and 10000, not 10001
			threads | many  | threads must be a whole number, not 'many'
			delay   | 5     | There is no parameter 'delay'; the parameters are delayMs, threads
			""")
	void refusesAnythingElseByName(String name, String value, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.parameters.with(name, value)).withMessage(message);
	}

}
