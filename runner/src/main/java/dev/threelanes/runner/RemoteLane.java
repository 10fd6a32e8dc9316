package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import dev.threelanes.experiments.Lane;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A lane that is no child of this process and is known by its addresses.
 *
 * @param lane which it is
 * @param baseUrl where it serves
 * @param actuator where it tells its metrics
 * @param pids its process, where this system shows it
 * @param startUp from the start of its process until it was ready, or {@code null} if the
 * run did not start it
 * @param bystanders where other lanes tell their metrics, which must be idle
 * @param end what ends it, if the run may
 */
record RemoteLane(Lane lane, URI baseUrl, URI actuator, List<Long> pids, @Nullable Duration startUp,
		List<URI> bystanders, Runnable end) implements Service {

	private static final JsonMapper JSON = new JsonMapper();

	RemoteLane {
		pids = List.copyOf(pids);
		bystanders = List.copyOf(bystanders);
	}

	@Override
	public List<URI> baseUrls() {
		return List.of(this.baseUrl);
	}

	@Override
	public List<URI> metrics() {
		return List.of(this.actuator);
	}

	@Override
	public boolean isAlive() {
		// Whether it lived through the load is seen by who answers after it.
		return true;
	}

	@Override
	public String epitaph() {
		return "%s at %s ended while it was measured".formatted(this.lane.id(), this.baseUrl);
	}

	@Override
	public JsonNode identity() throws IOException, InterruptedException {
		return JSON.readTree(Http.get(this.baseUrl.resolve("/api/whoami")));
	}

	@Override
	public void close() {
		this.end.run();
	}

}
