package dev.threelanes.lane;

/**
 * Code that blocks the thread that calls it, as an old driver or a file would. Made on
 * purpose: there is nothing else of its kind on an event loop.
 */
final class Blocking {

	private Blocking() {
	}

	/**
	 * Blocks the calling thread.
	 * @param blockMs how long, in milliseconds
	 */
	static void block(int blockMs) {
		try {
			Thread.sleep(blockMs);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while blocking", ex);
		}
	}

	/**
	 * Blocks the calling thread while it owns a monitor, as code does that was written
	 * before there were virtual threads.
	 * @param monitor whose monitor; an object that others see too, or the compiler would
	 * leave the locking out
	 * @param blockMs how long, in milliseconds
	 */
	static void blockOwning(Object monitor, int blockMs) {
		synchronized (monitor) {
			block(blockMs);
		}
	}

}
