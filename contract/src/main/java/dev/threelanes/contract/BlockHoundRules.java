package dev.threelanes.contract;

import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets nothing block an event loop but the one mistake that is made on purpose and what
 * Netty and Jackson themselves do, unless a contract looks away. BlockHound finds this by
 * itself, where a lane brings it.
 */
public final class BlockHoundRules implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("dev.threelanes.lane.Blocking", "block");
		// Netty's allocator locks what event loops share for as long as it takes to hand
		// it over, which none of them asked for.
		builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup",
				"tryExpandMagazines");
		// So does Jackson while it learns to read a type, which it does once.
		builder.allowBlockingCallsInside("tools.jackson.databind.deser.DeserializerCache",
				"_createAndCacheValueDeserializer");
		builder.blockingMethodCallback((method) -> {
			if (BlockedLoops.watched()) {
				BlockingOperationError call = new BlockingOperationError(method);
				BlockedLoops.add(call);
				throw call;
			}
		});
	}

}
