package dev.threelanes.contract;

import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a lane does with Spring Boot's own defaults.
 */
@ActiveProfiles("stock")
@DirtiesContext
public abstract class StockSettingsContract extends LaneTest {

	private static final TestDatabase DATABASE = new TestDatabase();

	protected StockSettingsContract(Lane lane) {
		super(lane);
	}

	@DynamicPropertySource
	static void askTheDatabase(DynamicPropertyRegistry registry) {
		registry.add("lane.query.port", DATABASE::port);
	}

	@AfterAll
	static void stopDatabase() {
		DATABASE.stop();
	}

	@Test
	void requestsAreServed() {
		assertThat(get("/api/hello").body()).isEqualTo("{\"message\":\"hello\"}");
		assertThat(get("/api/call?delayMs=10").body()).isEqualTo("{\"id\":0,\"delayMs\":10}");
		assertThat(get("/api/chain?calls=2&delayMs=10").body()).isEqualTo("{\"calls\":2,\"delayMs\":10,\"ids\":[0,1]}");
		assertThat(get("/api/fan-out?calls=2&delayMs=10").body())
			.isEqualTo("{\"calls\":2,\"delayMs\":10,\"ids\":[0,1]}");
		assertThat(get("/api/mixed?delayMs=10&rounds=1").body())
			.isEqualTo("{\"delayMs\":10,\"rounds\":1,\"result\":\"e220a8397b1dcdaf\"}");
		assertThat(get("/api/limited?delayMs=10").body()).isEqualTo("{\"id\":0,\"delayMs\":10}");
	}

	@Test
	void permitsAreTheLabsOwn() {
		assertThat(permits("free")).isEqualTo(2);
	}

	@Test
	void queryIsServed() {
		DATABASE.start();
		assertThat(get("/api/query?delayMs=10").body()).isEqualTo("{\"delayMs\":10}");
		await().untilAsserted(() -> assertThat(DATABASE.connections()).isEqualTo(10));
	}

	@Test
	void whoamiSaysSo() {
		Map<String, Object> whoami = JsonPath.read(get("/api/whoami").body(), "$");
		assertThat(whoami).containsEntry("lane", lane().laneName())
			.containsEntry("settings", "stock")
			.containsEntry("virtual", lane().virtual())
			.containsEntry("server", lane().server());
	}

	@Test
	void limitsAreTheServersOwn() {
		Map<String, Integer> limits = JsonPath.read(get("/api/whoami").body(), "$.limits");
		assertThat(limits).containsExactlyInAnyOrderEntriesOf(lane().stockLimits());
	}

}
