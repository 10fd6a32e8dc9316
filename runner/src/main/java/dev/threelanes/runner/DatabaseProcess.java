package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The database that every lane asks, in processes of its own for the whole run.
 */
final class DatabaseProcess implements AutoCloseable {

	/** The server finishes what it does, and its files are removed. */
	private static final Duration GRACE = Duration.ofSeconds(10);

	/** The first start on a machine unpacks the server. */
	private static final Duration READY_WITHIN = Duration.ofSeconds(60);

	private static final int MAX_CONNECTIONS = 100;

	private final ChildProcess process;

	private DatabaseProcess(ChildProcess process) {
		this.process = process;
	}

	/**
	 * Starts the database and waits until it answers.
	 * @param port its port
	 * @param cores the processors that it may run on; empty for all
	 * @param log where its output goes
	 * @return the database
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if it does not become ready
	 */
	static DatabaseProcess start(int port, String cores, Path log) throws InterruptedException {
		JavaCommand command = new JavaCommand(List.of("-Xmx64m", "-XX:+UseSerialGC"),
				List.of("-cp", System.getProperty("java.class.path"), DatabaseServer.class.getName()),
				List.of(Integer.toString(port), Integer.toString(MAX_CONNECTIONS)));
		ChildProcess process = ChildProcess.startParent("the database", command, cores, log, GRACE);
		try {
			long started = System.nanoTime();
			while (!ready(log)) {
				if (!process.isAlive() || System.nanoTime() - started > READY_WITHIN.toNanos()) {
					throw new RunFailure(
							"The database did not become ready; its last words:%n%s".formatted(process.lastWords()));
				}
				Thread.sleep(50);
			}
			return new DatabaseProcess(process);
		}
		catch (InterruptedException | RuntimeException ex) {
			process.close();
			throw ex;
		}
	}

	private static boolean ready(Path log) {
		try {
			return Files.readString(log).contains(DatabaseServer.READY);
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Makes sure that the database still runs.
	 * @throws RunFailure if it does not
	 */
	void requireAlive() {
		if (!this.process.isAlive()) {
			throw new RunFailure("The database ended with status %d; its last words:%n%s"
				.formatted(this.process.exitValue(), this.process.lastWords()));
		}
	}

	@Override
	public void close() {
		this.process.close();
	}

}
