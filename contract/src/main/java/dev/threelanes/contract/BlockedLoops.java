package dev.threelanes.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The blocking calls that event loops were caught at, whatever became of the request. It
 * knows nothing of what catches them, since not every lane has event loops.
 */
final class BlockedLoops {

	private static final BlockingQueue<Error> CAUGHT = new LinkedBlockingQueue<>();

	private static volatile boolean watched = true;

	private BlockedLoops() {
	}

	static boolean watched() {
		return watched;
	}

	static void watch(boolean on) {
		watched = on;
	}

	static void add(Error call) {
		CAUGHT.add(call);
	}

	/**
	 * Takes what has been caught so far.
	 * @return an error for each call, with its stack
	 */
	static List<Error> take() {
		List<Error> caught = new ArrayList<>();
		CAUGHT.drainTo(caught);
		return caught;
	}

}
