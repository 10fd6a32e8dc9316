package dev.threelanes.gatling;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import dev.threelanes.experiments.Outage;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Request;
import dev.threelanes.experiments.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LoadOptionsTests {

	private static final Instant NOW = Instant.parse("2026-11-21T08:09:10Z");

	@Test
	void withoutPropertiesRunsSlowCallInTheQuickProfile() {
		LoadOptions options = options(Map.of());
		assertThat(options.experiment().id()).isEqualTo("slow-call");
		assertThat(options.profile()).isEqualTo(Profile.QUICK);
		assertThat(options.parameters()).isEqualTo(new Parameters(500, 200));
		assertThat(options.baseUrls()).containsExactly("http://localhost:8080");
		assertThat(options.recordFolder()).isEqualTo(Path.of("target/record/slow-call-20261121080910"));
	}

	@Test
	void severalAddressesShareTheLoad() {
		Properties properties = new Properties();
		properties.setProperty("baseUrl", "http://localhost:8101,http://localhost:8102");
		assertThat(LoadOptions.of(properties, Instant.EPOCH).baseUrls()).containsExactly("http://localhost:8101",
				"http://localhost:8102");
	}

	@Test
	void everyPropertyIsHeard() {
		LoadOptions options = options(Map.of("experiment", "low-load", "profile", "smoke", "delayMs", "80", "threads",
				"40", "baseUrl", "https://lane.example", "record.dir", "elsewhere"));
		assertThat(options.experiment().id()).isEqualTo("low-load");
		assertThat(options.profile()).isEqualTo(Profile.SMOKE);
		assertThat(options.parameters()).isEqualTo(new Parameters(80, 40));
		assertThat(options.requests(options.schedule().steps().getFirst())).extracting(Request::target)
			.containsExactly("/api/call?delayMs=80");
		assertThat(options.baseUrls()).containsExactly("https://lane.example");
		assertThat(options.recordFolder()).isEqualTo(Path.of("elsewhere"));
	}

	@Test
	void onlyAnExperimentWithFaultsNeedsTheDownstream() {
		assertThat(options(Map.of("downstream", "http://localhost:1")).downstream()).isNull();
		LoadOptions stall = options(Map.of("experiment", "stall", "downstream", "http://localhost:1"));
		assertThat(stall.downstream()).isEqualTo("http://localhost:1");
		Step hang = stall.schedule().steps().getFirst();
		assertThat(stall.outage(hang)).map(Outage::target).hasValue("/faults?kind=hang&forMs=10000");
		assertThat(stall.schedule().warmUp()).allSatisfy((step) -> assertThat(stall.outage(step)).isEmpty());
		LoadOptions probe = options(Map.of("experiment", "stall", "rate", "10", "seconds", "2"));
		assertThat(probe.outage(hang)).isEmpty();
	}

	@Test
	void nobodyGivesUpOnAColdLane() {
		LoadOptions overload = options(Map.of("experiment", "overload"));
		assertThat(overload.schedule().warmUp())
			.allSatisfy((step) -> assertThat(overload.timeLimit(step)).isEqualTo(Duration.ofSeconds(60)));
		assertThat(overload.schedule().steps())
			.allSatisfy((step) -> assertThat(overload.timeLimit(step)).isEqualTo(Duration.ofMillis(500)));
	}

	@Test
	void aColdLaneIsAskedForNothingBeforeItIsMeasured() {
		LoadOptions options = options(Map.of("experiment", "warm-up", "profile", "smoke", "baseUrl",
				"http://lane.example", "warmUpUrl", "http://downstream.example"));
		assertThat(options.schedule().warmUp()).isNotEmpty()
			.allSatisfy((step) -> assertThat(options.requests(step)).extracting(Request::target)
				.allMatch((target) -> target.startsWith("http://downstream.example/delay/")));
		assertThat(options.requests(options.schedule().steps().getFirst())).extracting(Request::target)
			.containsExactly("/api/call?delayMs=50");
	}

	@Test
	void aContenderWithABoundOfItsOwnHasStepsOfItsOwn() {
		Map<String, String> both = Map.of("experiment", "stock-defaults", "connections", "5");
		Map<String, String> stock = new HashMap<>(both);
		stock.put("contender", "loom-stock");
		assertThat(offered(options(both))).containsExactly(125.0, 312.5);
		assertThat(offered(options(stock))).containsExactly(1.25, 3.125);
	}

	private static List<Double> offered(LoadOptions options) {
		return options.schedule().steps().stream().map((step) -> ((Step.Open) step).offeredRps()).toList();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			experiment | slow      | There is no experiment 'slow'; the experiments are
			profile    | quik      | There is no profile 'quik'; the profiles are smoke, quick, full
			delayMs    | 0         | delayMs must be between 1 and 30000, not 0
			threads    | many      | threads must be a whole number, not 'many'
			baseUrl    | localhost | baseUrl must be an address like http://localhost:8081, not 'localhost'
			baseUrl    | ftp://x   | baseUrl must be an address like http://localhost:8081, not 'ftp://x'
			baseUrl    | a b       | baseUrl must be an address like http://localhost:8081, not 'a b'
			""")
	void whenPropertyIsBadSaysWhichAndWhy(String name, String value, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> options(Map.of(name, value)))
			.withMessageStartingWith(message);
	}

	private static LoadOptions options(Map<String, String> values) {
		Properties properties = new Properties();
		properties.putAll(values);
		return LoadOptions.of(properties, NOW);
	}

}
