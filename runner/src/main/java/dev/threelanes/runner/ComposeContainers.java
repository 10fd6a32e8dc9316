package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.threelanes.experiments.Contender;
import dev.threelanes.experiments.Lane;
import dev.threelanes.runner.ComposeCommand.Container;
import dev.threelanes.runner.RunPlan.PlannedCell;
import org.jspecify.annotations.Nullable;

/**
 * The services of docker-compose.yml, driven from outside: a fresh container of the lane
 * for each cell, and no other lane beside it. What ran before the run runs after it, and
 * nothing else.
 */
final class ComposeContainers implements Deployment {

	/** How many processors a lane has, which docker-compose.yml takes from here too. */
	static final String PROCESSORS = "LANE_CPUS";

	/** What docker-compose.yml says where nobody else does. */
	static final String DEFAULT_PROCESSORS = "2";

	/** What docker-compose.yml hands to a lane's program. */
	static final String ARGUMENTS = "LANE_ARGUMENTS";

	private static final String DOWNSTREAM = "downstream";

	private static final int APPLICATION_PORT = 8080;

	private static final int ACTUATOR_PORT = 9080;

	private static final int DOWNSTREAM_PORT = 8090;

	private static final Duration READY_WITHIN = Duration.ofSeconds(90);

	/** Seconds that a service may take to end: nothing is in flight by then. */
	private static final String GRACE = "10";

	private final ComposeCommand compose;

	private final List<String> before;

	/** What is to be removed in the end. */
	private final Set<String> started = new LinkedHashSet<>();

	private final List<String> lanesBefore;

	private @Nullable RemoteDownstream downstream;

	private boolean closed;

	private ComposeContainers(ComposeCommand compose, List<String> before) {
		this.compose = compose;
		this.before = List.copyOf(before);
		this.lanesBefore = Stream.of(Lane.values()).map(Lane::id).filter(before::contains).toList();
	}

	/**
	 * What can be asked of lanes in containers here.
	 * @param variables the variables of the runner
	 * @return the place
	 * @throws RunFailure if the number of processors cannot be read
	 */
	static Place.Compose place(Map<String, String> variables) {
		String processors = variables.getOrDefault(PROCESSORS, DEFAULT_PROCESSORS);
		try {
			return new Place.Compose(Math.min((int) Math.ceil(Double.parseDouble(processors)),
					Runtime.getRuntime().availableProcessors()));
		}
		catch (NumberFormatException ex) {
			throw new RunFailure("%s must be a number, not '%s'".formatted(PROCESSORS, processors), ex);
		}
	}

	/**
	 * Starts what all cells share, and stops lanes that would stand beside the measured
	 * one.
	 * @param compose the engine
	 * @param cells what is to be measured
	 * @param known is told of the containers before the first is started, so that they
	 * can be ended at any moment
	 * @return the containers
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if one of them does not become ready
	 */
	static ComposeContainers start(ComposeCommand compose, List<PlannedCell> cells, Consumer<ComposeContainers> known)
			throws InterruptedException {
		ComposeContainers containers = new ComposeContainers(compose, compose.running());
		known.accept(containers);
		try {
			containers.begin(cells.stream().anyMatch((cell) -> cell.experiment().asksDatabase()));
			return containers;
		}
		catch (InterruptedException | RuntimeException ex) {
			containers.close();
			throw ex;
		}
	}

	private void begin(boolean asksDatabase) throws InterruptedException {
		startShared(asksDatabase);
		Container container = this.compose.container(DOWNSTREAM);
		URI address = ready(DOWNSTREAM, this.compose.addresses(container, DOWNSTREAM, DOWNSTREAM_PORT), "/health");
		this.downstream = new RemoteDownstream(address, container.visiblePids());
	}

	private synchronized void startShared(boolean asksDatabase) {
		requireOpen(DOWNSTREAM);
		if (!this.lanesBefore.isEmpty()) {
			call(Map.of(), List.of("stop", "--timeout", GRACE), this.lanesBefore);
		}
		List<String> shared = new ArrayList<>(List.of(DOWNSTREAM));
		if (asksDatabase) {
			shared.add("database");
		}
		shared.removeAll(this.before);
		if (!shared.isEmpty()) {
			this.started.addAll(shared);
			call(Map.of(), List.of("up", "--detach", "--no-deps"), shared);
		}
	}

	private synchronized void startLane(Lane lane, String arguments) {
		requireOpen(lane.id());
		this.started.add(lane.id());
		call(Map.of(ARGUMENTS, arguments), List.of("up", "--detach", "--no-deps", "--force-recreate"),
				List.of(lane.id()));
	}

	private void requireOpen(String service) {
		if (this.closed) {
			throw new RunFailure("Could not start %s: the run is being stopped".formatted(service));
		}
	}

	@Override
	public Downstream downstream() {
		return Objects.requireNonNull(this.downstream);
	}

	@Override
	public Service start(PlannedCell cell, Path log) throws InterruptedException {
		return switch (cell.subject()) {
			case Subject.OfLane measured -> lane(measured.contender(), cell, log);
			case Subject.OfReference reference ->
				throw new RunFailure("%s is a process of this machine only".formatted(reference.id()));
			case Subject.Target target -> new TargetService(target.url());
		};
	}

	private Service lane(Contender contender, PlannedCell cell, Path log) throws InterruptedException {
		Lane lane = contender.lane();
		List<String> service = List.of(lane.id());
		startLane(lane, String.join(" ", LaneProcess.limits(contender, cell.settings(), cell.parameters())));
		Container container = this.compose.container(lane.id());
		URI actuator = ready(lane.id(), this.compose.addresses(container, lane.id(), ACTUATOR_PORT),
				"/actuator/health/readiness");
		double readyAt = System.currentTimeMillis();
		URI application = ready(lane.id(), this.compose.addresses(container, lane.id(), APPLICATION_PORT),
				"/api/whoami");
		URI metrics = actuator.resolve("/actuator/prometheus");
		return new RemoteLane(lane, application, metrics, container.visiblePids(), startUp(metrics, readyAt), List.of(),
				() -> end(service, log));
	}

	private synchronized void end(List<String> service, Path log) {
		if (!this.closed) {
			keepLog(service.getFirst(), log);
			remove(service);
			this.started.removeAll(service);
		}
	}

	private void keepLog(String service, Path log) {
		try {
			Files.writeString(log, this.compose.run(Map.of(), "logs", "--no-color", service));
		}
		catch (IOException | RunFailure ex) {
			// It is for people who look for a cause, and no part of the result.
		}
	}

	// What the JVM says of its own start: the engine's work before it is not the lane's.
	private static @Nullable Duration startUp(URI metrics, double readyAtMillis) throws InterruptedException {
		try {
			OptionalDouble start = PrometheusText.parse(Http.get(metrics)).sum("process_start_time_seconds");
			return start.isPresent() ? Duration.ofMillis((long) (readyAtMillis - 1000 * start.getAsDouble())) : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	private URI ready(String service, List<URI> addresses, String path) throws InterruptedException {
		long deadline = System.nanoTime() + READY_WITHIN.toNanos();
		while (System.nanoTime() < deadline) {
			for (URI address : addresses) {
				try {
					Http.get(address.resolve(path));
					return address;
				}
				catch (IOException ex) {
					// Not yet, or not this way.
				}
			}
			Thread.sleep(50);
		}
		throw new RunFailure("%s was not ready within %d s; its last words:%n%s".formatted(service,
				READY_WITHIN.toSeconds(), this.compose.run(Map.of(), "logs", "--no-color", "--tail=8", service)));
	}

	@Override
	public void requireAlive() {
		downstream().requireAlive();
	}

	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		if (this.before.isEmpty()) {
			this.compose.run(Map.of(), "down", "--timeout", GRACE);
			return;
		}
		remove(List.copyOf(this.started));
		if (!this.lanesBefore.isEmpty()) {
			call(Map.of(), List.of("up", "--detach", "--no-deps"), this.lanesBefore);
		}
	}

	private void remove(List<String> services) {
		if (!services.isEmpty()) {
			call(Map.of(), List.of("stop", "--timeout", GRACE), services);
			call(Map.of(), List.of("rm", "--force", "-v"), services);
		}
	}

	private void call(Map<String, String> variables, List<String> arguments, List<String> services) {
		this.compose.run(variables, Stream.concat(arguments.stream(), services.stream()).toArray(String[]::new));
	}

}
