package dev.threelanes.lane;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells what this lane is, from the thread that it answers on.
 */
@RestController
class WhoamiController {

	private final LaneProperties properties;

	private final RunningServer server;

	private final ObjectProvider<Whoami.ClientLimits> client;

	private final Database database;

	private final Permits permits;

	WhoamiController(LaneProperties properties, RunningServer server, ObjectProvider<Whoami.ClientLimits> client,
			Database database, Permits permits) {
		this.properties = properties;
		this.server = server;
		this.client = client;
		this.database = database;
		this.permits = permits;
	}

	@GetMapping("/api/whoami")
	Whoami whoami() {
		return Whoami.of(this.properties, this.server, this.client.getIfAvailable(), this.database, this.permits);
	}

}
