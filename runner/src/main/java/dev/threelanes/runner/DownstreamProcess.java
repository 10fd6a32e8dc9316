package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The slow service that every lane calls, in a process of its own for the whole run.
 */
final class DownstreamProcess implements Downstream {

	private static final Duration GRACE = Duration.ofSeconds(6);

	private static final Duration READY_WITHIN = Duration.ofSeconds(30);

	private final ChildProcess process;

	private final int port;

	private DownstreamProcess(ChildProcess process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts the downstream and waits until it answers.
	 * @param jar its program
	 * @param port its port
	 * @param faults whether it may be told to fail
	 * @param cores the processors that it may run on; empty for all
	 * @param log where its output goes
	 * @return the downstream
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if it does not become ready
	 */
	static DownstreamProcess start(Path jar, int port, boolean faults, String cores, Path log)
			throws InterruptedException {
		List<String> arguments = new ArrayList<>(List.of("--address=127.0.0.1", "--port=" + port));
		if (faults) {
			arguments.add("--faults");
		}
		ChildProcess process = ChildProcess.start("the downstream",
				JavaCommand.jar(JavaCommand.DOWNSTREAM_FLAGS, jar, arguments), cores, log, GRACE);
		try {
			long started = System.nanoTime();
			while (true) {
				try {
					Http.get(LaneProcess.loopback(port, "/health"));
					return new DownstreamProcess(process, port);
				}
				catch (IOException ex) {
					if (!process.isAlive() || System.nanoTime() - started > READY_WITHIN.toNanos()) {
						throw new RunFailure("The downstream did not become ready; its last words:%n%s"
							.formatted(process.lastWords()), ex);
					}
					Thread.sleep(50);
				}
			}
		}
		catch (InterruptedException | RuntimeException ex) {
			process.close();
			throw ex;
		}
	}

	long pid() {
		return this.process.pid();
	}

	@Override
	public List<Long> pids() {
		return List.of(pid());
	}

	@Override
	public URI baseUrl() {
		return LaneProcess.loopback(this.port, "");
	}

	@Override
	public URI metrics() {
		return LaneProcess.loopback(this.port, "/metrics");
	}

	@Override
	public void requireAlive() {
		if (!this.process.isAlive()) {
			throw new RunFailure("The downstream ended with status %d; its last words:%n%s"
				.formatted(this.process.exitValue(), this.process.lastWords()));
		}
	}

	@Override
	public void close() {
		this.process.close();
	}

}
