package dev.threelanes.runner;

import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Settings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LaneClaimTests {

	@Test
	void whenWhoamiAgreesIsProven() {
		assertThatCode(() -> new LaneClaim(Lane.MVC, Settings.ALIGNED, 200)
			.requireProvenBy(whoami("mvc", "Tomcat", false, "aligned", 200))).doesNotThrowAnyException();
		assertThatCode(() -> new LaneClaim(Lane.LOOM, Settings.STOCK, 200)
			.requireProvenBy(whoami("loom", "Tomcat", true, "stock", 200))).doesNotThrowAnyException();
	}

	@Test
	void whenThreadsAreNotVirtualOnLoomIsRefused() {
		refused(new LaneClaim(Lane.LOOM, Settings.ALIGNED, 200), whoami("loom", "Tomcat", false, "aligned", 200),
				"loom is not the lane it claims to be: whoami says virtual: false where true was asked for");
	}

	@Test
	void whenThreadsAreVirtualOnMvcIsRefused() {
		refused(new LaneClaim(Lane.MVC, Settings.ALIGNED, 200), whoami("mvc", "Tomcat", true, "aligned", 200),
				"mvc is not the lane it claims to be: whoami says virtual: true where false was asked for");
	}

	@Test
	void whenPoolIsOfAnotherSizeIsRefused() {
		refused(new LaneClaim(Lane.MVC, Settings.ALIGNED, 400), whoami("mvc", "Tomcat", false, "aligned", 200),
				"mvc is not the lane it claims to be: whoami says serverThreads: 200 where 400 was asked for");
	}

	@Test
	void whenServerAndSettingsDifferNamesBoth() {
		refused(new LaneClaim(Lane.WEBFLUX, Settings.STOCK, 200), whoami("webflux", "Tomcat", false, "aligned", 200),
				"webflux is not the lane it claims to be: whoami says server: Tomcat where Netty was asked for; "
						+ "whoami says settings: aligned where stock was asked for");
	}

	@Test
	void whenWhoamiDoesNotAnswerIsRefused() {
		refused(new LaneClaim(Lane.MVC, Settings.ALIGNED, 200), null,
				"mvc is not the lane it claims to be: whoami does not answer");
	}

	private static void refused(LaneClaim claim, @Nullable JsonNode whoami, String message) {
		assertThatExceptionOfType(RunFailure.class).isThrownBy(() -> claim.requireProvenBy(whoami))
			.withMessage(message);
	}

	private static JsonNode whoami(String lane, String server, boolean virtual, String settings, int threads) {
		return new JsonMapper().readTree("""
				{"lane":"%s","server":"%s","virtual":%s,"settings":"%s","limits":{"serverThreads":%d}}
				""".formatted(lane, server, virtual, settings, threads));
	}

}
