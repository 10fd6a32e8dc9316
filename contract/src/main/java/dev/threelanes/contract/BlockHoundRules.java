package dev.threelanes.contract;

import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets nothing block an event loop but the one mistake that is made on purpose, and the
 * locks inside two client libraries that are no lane's own. BlockHound finds this by
 * itself, where a lane brings it.
 */
public final class BlockHoundRules implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("dev.threelanes.lane.Blocking", "block");
		builder.blockingMethodCallback((method) -> {
			if (BlockedLoops.watched()) {
				BlockingOperationError call = new BlockingOperationError(method);
				BlockedLoops.add(call);
				throw call;
			}
		});
	}

}
