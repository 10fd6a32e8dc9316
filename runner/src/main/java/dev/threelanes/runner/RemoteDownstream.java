package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * The downstream where it is no child of this process.
 *
 * @param baseUrl where it serves
 * @param pids its process, where this system shows it
 */
record RemoteDownstream(URI baseUrl, List<Long> pids) implements Downstream {

	RemoteDownstream {
		pids = List.copyOf(pids);
	}

	@Override
	public URI metrics() {
		return this.baseUrl.resolve("/metrics");
	}

	@Override
	public void requireAlive() {
		try {
			Http.get(this.baseUrl.resolve("/health"));
		}
		catch (IOException ex) {
			throw new RunFailure("The downstream at %s does not answer: %s".formatted(this.baseUrl, ex), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		// Whoever started it ends it.
	}

}
