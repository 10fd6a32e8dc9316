package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.threelanes.experiments.Contender;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Settings;
import dev.threelanes.experiments.Setup;

/**
 * The three lanes with all that they call, and a little traffic of every kind that a
 * dashboard shows, until it is closed.
 */
final class WatchedLanes implements AutoCloseable {

	/** How many callers wait for an event on each lane, always. */
	static final int WAITERS = 8;

	// Three callers for the two permits, and a failure.
	private static final List<String> REQUESTS = List.of("/api/call?delayMs=100", "/api/call?delayMs=-1",
			"/api/query?delayMs=20", "/api/limited?delayMs=200", "/api/limited?delayMs=200",
			"/api/limited?delayMs=200");

	// Longer than any test.
	private static final String WAIT = "/api/events/next?timeoutMs=120000";

	private static final Duration PAUSE = Duration.ofMillis(100);

	// Nothing is measured here, and lanes are there sooner.
	private static final Setup IN_A_HURRY = Setup.AS_ALL.withFlag("-XX:TieredStopAtLevel=1");

	private final Ports ports;

	private final Deque<AutoCloseable> processes = new ArrayDeque<>();

	private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private WatchedLanes(Ports ports) {
		this.ports = ports;
	}

	static WatchedLanes start(Ports ports, Path folder) throws Exception {
		ports.requireFree(List.of(Lane.values()));
		WatchedLanes lanes = new WatchedLanes(ports);
		try {
			lanes.startAll(folder);
			return lanes;
		}
		catch (Exception | AssertionError ex) {
			lanes.close();
			throw ex;
		}
	}

	private void startAll(Path folder) throws Exception {
		this.processes.push(DownstreamProcess.start(SmokeRun.INSTALLATION.downstream(), this.ports.downstream(), false,
				"", folder.resolve("downstream.log")));
		this.processes.push(DatabaseProcess.start(this.ports.database(), "", folder.resolve("database.log")));
		for (Lane lane : Lane.values()) {
			this.processes.push(LaneProcess.start(Contender.of(lane).with(IN_A_HURRY), SmokeRun.INSTALLATION.lane(lane),
					this.ports, Settings.ALIGNED, new Parameters(100, 200), Database.ofRun(this.ports), List.of(), "",
					folder.resolve(lane.id() + ".log")));
			List<String> requests = new ArrayList<>(REQUESTS);
			requests.addAll(Collections.nCopies(WAITERS, WAIT));
			requests.forEach((request) -> this.callers
				.submit(() -> again(LaneProcess.loopback(this.ports.application(lane), request))));
		}
	}

	private void again(URI uri) {
		HttpRequest request = HttpRequest.newBuilder(uri).build();
		try {
			while (true) {
				try {
					this.client.send(request, HttpResponse.BodyHandlers.discarding());
				}
				catch (IOException ex) {
					// Whether lanes live is Prometheus' to say.
				}
				Thread.sleep(PAUSE);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	// A lane lets requests finish before it ends, and those who wait would take their
	// time.
	private void wakeAll(Lane lane) {
		URI events = LaneProcess.loopback(this.ports.application(lane), "/api/events?wake=all");
		try {
			this.client.send(HttpRequest.newBuilder(events)
				.timeout(Duration.ofSeconds(5))
				.POST(HttpRequest.BodyPublishers.noBody())
				.build(), HttpResponse.BodyHandlers.discarding());
		}
		catch (IOException ex) {
			// It was not started, or is gone.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.callers.shutdownNow();
		for (Lane lane : Lane.values()) {
			wakeAll(lane);
		}
		while (!this.processes.isEmpty()) {
			try {
				this.processes.pop().close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
		this.client.shutdownNow();
	}

}
