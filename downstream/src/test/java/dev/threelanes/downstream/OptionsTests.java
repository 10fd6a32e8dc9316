package dev.threelanes.downstream;

import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OptionsTests {

	@Test
	void withoutOptionsListensOnLoopback() {
		assertThat(parse()).isEqualTo(new Options("127.0.0.1", 8090, false));
	}

	@Test
	void argumentsWinOverSystemProperties() {
		Properties properties = new Properties();
		properties.setProperty("downstream.address", "0.0.0.0");
		properties.setProperty("downstream.port", "9000");
		assertThat(Options.parse(new String[0], properties)).isEqualTo(new Options("0.0.0.0", 9000, false));
		assertThat(Options.parse(new String[] { "--port=0" }, properties)).isEqualTo(new Options("0.0.0.0", 0, false));
	}

	@Test
	void failsOnDemandOnlyIfToldSo() {
		assertThat(parse("--faults").faults()).isTrue();
		Properties properties = new Properties();
		properties.setProperty("downstream.faults", "true");
		assertThat(Options.parse(new String[0], properties).faults()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--port=70000 | --port must be between 0 and 65535, not 70000
			--port=-1    | --port must be between 0 and 65535, not -1
			--port=http  | --port must be a whole number between 0 and 65535, not 'http'
			--address=   | --address must not be empty
			--delay=5    | unknown option '--delay=5'
			""")
	void whenOptionIsBadSaysWhichAndWhy(String argument, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> parse(argument)).withMessage(message);
	}

	private static Options parse(String... arguments) {
		return Options.parse(arguments, new Properties());
	}

}
