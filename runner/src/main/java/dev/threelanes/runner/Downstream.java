package dev.threelanes.runner;

import java.net.URI;
import java.util.List;

/**
 * The slow service that every lane calls, while a run is made.
 */
interface Downstream extends AutoCloseable {

	/**
	 * Its process on this machine.
	 * @return its number; none if the run did not start it
	 */
	List<Long> pids();

	/**
	 * Where it serves.
	 * @return the address, as this process reaches it
	 */
	URI baseUrl();

	/**
	 * Where it tells its metrics in Prometheus' format.
	 * @return the address
	 */
	URI metrics();

	/**
	 * Makes sure that it still runs, as far as anybody can tell.
	 * @throws RunFailure if it does not
	 */
	void requireAlive();

	@Override
	void close();

}
