package dev.threelanes.reference;

/**
 * A reference that serves.
 */
interface Bare extends AutoCloseable {

	/**
	 * Where it serves.
	 * @return the port
	 */
	int port();

	/** Ends it; who still waits for an answer gets none. */
	@Override
	void close();

}
