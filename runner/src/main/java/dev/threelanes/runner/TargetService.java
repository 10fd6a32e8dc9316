package dev.threelanes.runner;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A service of the reader's own: driven like a lane, but neither started nor stopped, and
 * asked for nothing but answers.
 *
 * @param baseUrl where it serves
 */
record TargetService(URI baseUrl) implements Service {

	@Override
	public List<Long> pids() {
		return List.of();
	}

	@Override
	public List<URI> baseUrls() {
		return List.of(this.baseUrl);
	}

	@Override
	public boolean isAlive() {
		return true;
	}

	@Override
	public String epitaph() {
		return "%s ended while it was measured".formatted(this.baseUrl);
	}

	@Override
	public @Nullable Duration startUp() {
		return null;
	}

	@Override
	public List<URI> metrics() {
		return List.of();
	}

	@Override
	public @Nullable JsonNode identity() {
		return null;
	}

	@Override
	public void close() {
		// It is not the run's to stop.
	}

}
