package dev.threelanes.runner;

import java.nio.file.Path;

import dev.threelanes.runner.RunPlan.PlannedCell;

/**
 * What a run needs around it while it lasts: the downstream, the database where one is
 * asked, and a lane for each cell.
 */
interface Deployment extends AutoCloseable {

	/**
	 * The slow service that lanes call.
	 * @return the downstream, ready
	 */
	Downstream downstream();

	/**
	 * Makes a cell's lane ready for traffic.
	 * @param cell the cell
	 * @param log where the lane's output goes, if it comes to this process
	 * @return the lane, to be closed after the cell
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if the lane dies or is not ready in time
	 */
	Service start(PlannedCell cell, Path log) throws InterruptedException;

	/**
	 * Makes sure that what all lanes share still runs.
	 * @throws RunFailure if it does not
	 */
	void requireAlive();

	/** Ends what the run started, and nothing else; a second time does nothing. */
	@Override
	void close();

}
