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
			super(Lane.LOOM, "Apache-Http");
		}

	}

	@Nested
	@TestPropertySource(properties = "lane.downstream.client=jdk")
	class Jdk extends OtherClientContract {

		Jdk() {
			super(Lane.LOOM, "Java-http-client/");
		}

	}

	@Nested
	@TestPropertySource(properties = "lane.downstream.client=jetty")
	class Jetty extends OtherClientContract {

		Jetty() {
			super(Lane.LOOM, "Jetty/");
		}

	}

	@Nested
	@TestPropertySource(properties = "lane.downstream.client=reactor")
	class Reactor extends OtherClientContract {

		Reactor() {
			super(Lane.LOOM, "ReactorNetty/");
		}

	}

}
