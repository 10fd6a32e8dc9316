package dev.threelanes.runner;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whoever makes the load of a cell, while it is made.
 */
interface CellLoad extends AutoCloseable {

	/**
	 * Their processes on this machine.
	 * @return the processes' numbers; none if they are elsewhere
	 */
	List<Long> pids();

	/**
	 * Waits until all have ended or one has failed.
	 * @param timeout for how long at most
	 * @return whether there is nothing to wait for any more
	 * @throws InterruptedException if the run is being stopped
	 */
	boolean waitFor(Duration timeout) throws InterruptedException;

	/**
	 * Which of them have failed.
	 * @return with which status, and their last words; nothing if none has
	 * @throws InterruptedException if the run is being stopped
	 */
	Optional<String> failure() throws InterruptedException;

	/**
	 * What those said last that have not ended.
	 * @return their last words
	 * @throws InterruptedException if the run is being stopped
	 */
	String lastWords() throws InterruptedException;

	@Override
	void close();

}
