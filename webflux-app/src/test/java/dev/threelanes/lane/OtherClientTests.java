package dev.threelanes.lane;

import dev.threelanes.contract.Lane;
import dev.threelanes.contract.OtherClientContract;
import org.junit.jupiter.api.Nested;

import org.springframework.test.context.TestPropertySource;

class OtherClientTests {

	@Nested
	@TestPropertySource(properties = "lane.downstream.client=http-components")
	class HttpComponents extends OtherClientContract {

		HttpComponents() {
			super(Lane.WEBFLUX, "Apache-Http");
		}

	}

	@Nested
	@TestPropertySource(properties = "lane.downstream.client=jdk")
	class Jdk extends OtherClientContract {

		Jdk() {
			super(Lane.WEBFLUX, "Java-http-client/");
		}

	}

	@Nested
	@TestPropertySource(properties = "lane.downstream.client=jetty")
	class Jetty extends OtherClientContract {

		Jetty() {
			super(Lane.WEBFLUX, "Jetty/");
		}

	}

	@Nested
	@TestPropertySource(properties = "lane.downstream.client=reactor")
	class Reactor extends OtherClientContract {

		Reactor() {
			super(Lane.WEBFLUX, "ReactorNetty/");
		}

	}

}
