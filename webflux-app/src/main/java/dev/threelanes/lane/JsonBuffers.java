package dev.threelanes.lane;

import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.util.JsonRecyclerPools;

import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Where the buffers come from in which JSON is written and read, so that they are used
 * again.
 */
@Component
@Profile("!stock")
class JsonBuffers implements JsonFactoryBuilderCustomizer {

	@Override
	public void customize(JsonFactoryBuilder factory) {
		// Spring's reactive encoder gives none back (spring-framework issue 37058). To a
		// loop's own pool they need not be given back.
		factory.recyclerPool(JsonRecyclerPools.threadLocalPool());
	}

}
