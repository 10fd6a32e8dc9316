package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A service while it is measured.
 */
interface Service extends AutoCloseable {

	/**
	 * Its process on this machine.
	 * @return the process' number, or {@code null} for a service that the run did not
	 * start
	 */
	@Nullable Long pid();

	/**
	 * Whether it still runs, as far as anybody can tell.
	 * @return {@code true} if it does
	 */
	boolean isAlive();

	/**
	 * How it died.
	 * @return a sentence
	 */
	String epitaph();

	/**
	 * How long its start took.
	 * @return the time until it was ready, or {@code null} where the run did not start it
	 */
	@Nullable Duration startUp();

	/**
	 * Where it serves.
	 * @return the address
	 */
	URI baseUrl();

	/**
	 * Where it tells its metrics in Prometheus' format.
	 * @return the address, or {@code null} if it is not known to tell any
	 */
	@Nullable URI metrics();

	/**
	 * The evidence that it gives of itself.
	 * @return the answer of {@code /api/whoami}, or {@code null} if it is no lane
	 * @throws IOException if it does not answer
	 * @throws InterruptedException if the run is being stopped
	 */
	@Nullable JsonNode identity() throws IOException, InterruptedException;

	@Override
	void close();

}
