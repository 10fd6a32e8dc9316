package dev.threelanes.runner;

import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class SharedIdentityTests {

	private static final JsonMapper JSON = new JsonMapper();

	@Test
	void whatAllSayAlikeStandsAndWhatDiffersIsListed() {
		JsonNode merged = SharedIdentity.of(List.of(identity(11, 5), identity(12, 5)), "HAProxy 2.6, round robin");
		assertThat(merged.path("lane").asString()).isEqualTo("mvc");
		assertThat(merged.path("limits").path("serverThreads").asInt()).isEqualTo(5);
		assertThat(merged.path("pid")).extracting(JsonNode::asInt).containsExactly(11, 12);
		assertThat(merged.path("balancer").asString()).isEqualTo("HAProxy 2.6, round robin");
		assertThat(merged.path("jvms").asInt()).isEqualTo(2);
	}

	@Test
	void aLimitThatDiffersProvesNoClaim() {
		JsonNode merged = SharedIdentity.of(List.of(identity(11, 5), identity(12, 200)), "any");
		assertThat(merged.path("limits").path("serverThreads").asString("nothing")).isEqualTo("nothing");
	}

	@Test
	void whenOneProcessIsExchangedTheIdentityIsAnother() {
		JsonNode before = SharedIdentity.of(List.of(identity(11, 5), identity(12, 5)), "any");
		JsonNode after = SharedIdentity.of(List.of(identity(11, 5), identity(13, 5)), "any");
		assertThat(after.path("pid")).isNotEqualTo(before.path("pid"));
	}

	private static JsonNode identity(int pid, int threads) {
		return JSON.readTree("{\"lane\":\"mvc\",\"pid\":%d,\"limits\":{\"serverThreads\":%d}}".formatted(pid, threads));
	}

}
