package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A service while it is measured.
 */
interface Service extends AutoCloseable {

	/**
	 * Its processes on this machine, each a JVM of the lane.
	 * @return the processes' numbers, one for most services; none for one that the run
	 * did not start
	 */
	List<Long> pids();

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
	 * @return the address; several if users must be sent to each in turn
	 */
	List<URI> baseUrls();

	/**
	 * Where it tells its metrics in Prometheus' format.
	 * @return the address of each process; none if it is not known to tell any
	 */
	List<URI> metrics();

	/**
	 * Other lanes that stand beside it and must be idle while it is measured.
	 * @return where each of them tells its metrics; none if it is alone
	 */
	default List<URI> bystanders() {
		return List.of();
	}

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
