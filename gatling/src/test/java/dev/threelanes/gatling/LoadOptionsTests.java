package dev.threelanes.gatling;

import java.net.InetSocketAddress;
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
import dev.threelanes.experiments.Share;
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

	@Test
	void withoutOthersAGeneratorTakesTheWholeLoad() {
		assertThat(options(Map.of()).share()).isEqualTo(Share.WHOLE);
		assertThat(options(Map.of()).meeting()).isNull();
	}

	@Test
	void oneOfSeveralInjectorsKnowsItsShareAndWhereTheyMeet() {
		LoadOptions options = options(
				Map.of("injectors", "3", "injector", "2", "barrier", "load-0.load:8093", "startAt", "1772000000000"));
		assertThat(options.share()).isEqualTo(new Share(3, 2));
		assertThat(options.meeting()).isEqualTo(new LoadOptions.Meeting(
				InetSocketAddress.createUnresolved("load-0.load", 8093), Instant.ofEpochMilli(1_772_000_000_000L)));
	}

	@Test
	void aLoadThatCannotBeSharedIsRefusedByTheNameOfItsStep() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> options(Map.of("experiment", "workers", "injectors", "3", "barrier", "127.0.0.1:8093")))
			.withMessageStartingWith("workers cannot be shared by 3 injectors: its step '1 at once' has 1 of them");
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
			injectors  | 65        | injectors must be between 1 and 64, not 65
			injectors  | some      | injectors must be a whole number, not 'some'
			injector   | 1         | injector must be between 0 and 0, not 1
			injectors  | 3         | barrier must be the address of injector 0 like 127.0.0.1:8093, not ''
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
