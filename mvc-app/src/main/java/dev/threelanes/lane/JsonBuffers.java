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
		// One for all threads, since threads may live for a single request.
		factory.recyclerPool(JsonRecyclerPools.newConcurrentDequePool());
	}

}
