package dev.threelanes.runner;

import java.nio.file.Path;
import java.util.List;

import dev.threelanes.runner.RunPlan.PlannedCell;
import org.jspecify.annotations.Nullable;

/**
 * Everything in processes of this machine that the run itself starts: a fresh JVM for
 * each cell.
 */
final class LocalProcesses implements Deployment {

	private final Installation installation;

	private final Ports ports;

	private final Cores cores;

	private final Database database;

	private final List<String> extraLaneArguments;

	private final @Nullable DatabaseProcess databaseProcess;

	private final DownstreamProcess downstream;

	private LocalProcesses(Installation installation, Ports ports, Cores cores, Database database,
			List<String> extraLaneArguments, @Nullable DatabaseProcess databaseProcess, DownstreamProcess downstream) {
		this.installation = installation;
		this.ports = ports;
		this.cores = cores;
		this.database = database;
		this.extraLaneArguments = List.copyOf(extraLaneArguments);
		this.databaseProcess = databaseProcess;
		this.downstream = downstream;
	}

	/**
	 * Starts what all cells share.
	 * @param installation where the built parts are
	 * @param ports where to listen
	 * @param cores which processors each part has to itself
	 * @param database the database that lanes ask
	 * @param extraLaneArguments further arguments of every lane
	 * @param cells what is to be measured
	 * @param logs where outputs go
	 * @return the processes
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if one of them does not become ready
	 */
	static LocalProcesses start(Installation installation, Ports ports, Cores cores, Database database,
			List<String> extraLaneArguments, List<PlannedCell> cells, Path logs) throws InterruptedException {
		boolean asksDatabase = cells.stream().anyMatch((cell) -> cell.experiment().asksDatabase());
		if (asksDatabase && !database.ownOfRun()) {
			database.requireReachable();
		}
		DatabaseProcess databaseProcess = (asksDatabase && database.ownOfRun())
				? DatabaseProcess.start(ports.database(), cores.downstream(), logs.resolve("database.log")) : null;
		try {
			DownstreamProcess downstream = DownstreamProcess.start(installation.downstream(), ports.downstream(),
					cells.stream().anyMatch((cell) -> cell.experiment().failsDownstream()), cores.downstream(),
					logs.resolve("downstream.log"));
			return new LocalProcesses(installation, ports, cores, database, extraLaneArguments, databaseProcess,
					downstream);
		}
		catch (InterruptedException | RuntimeException ex) {
			if (databaseProcess != null) {
				databaseProcess.close();
			}
			throw ex;
		}
	}

	@Override
	public Downstream downstream() {
		return this.downstream;
	}

	@Override
	public Service start(PlannedCell cell, Path log) throws InterruptedException {
		return CellMeasurement.start(cell, this.installation, this.ports, this.cores, this.database,
				this.extraLaneArguments, log);
	}

	@Override
	public void requireAlive() {
		this.downstream.requireAlive();
		if (this.databaseProcess != null) {
			this.databaseProcess.requireAlive();
		}
	}

	@Override
	public void close() {
		this.downstream.close();
		if (this.databaseProcess != null) {
			this.databaseProcess.close();
		}
	}

}
