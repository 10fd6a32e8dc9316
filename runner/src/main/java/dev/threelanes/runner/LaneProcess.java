package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.threelanes.experiments.Contender;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Reference;
import dev.threelanes.experiments.Settings;
import dev.threelanes.experiments.Setup;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A lane, or a reference beside the lanes, in a fresh JVM of its own.
 */
final class LaneProcess implements Service {

	private static final Duration READY_WITHIN = Duration.ofSeconds(60);

	/**
	 * For experiments that hold requests: as many as can be asked for, and a few beside
	 * them for those who wake or look. The same on every lane, however many it holds.
	 */
	private static final int CONNECTIONS_OF_HELD_LOAD = 10_100;

	private static final String WHOAMI = "/api/whoami";

	private static final JsonMapper JSON = new JsonMapper();

	private final String name;

	private final ChildProcess process;

	private final URI baseUrl;

	private final URI management;

	private final Duration startUp;

	private LaneProcess(String name, ChildProcess process, URI baseUrl, URI management, Duration startUp) {
		this.name = name;
		this.process = process;
		this.baseUrl = baseUrl;
		this.management = management;
		this.startUp = startUp;
	}

	/**
	 * Starts a lane and waits until it is ready for traffic.
	 * @param contender the lane, and what it is started with that others are not
	 * @param jar the lane's program
	 * @param ports the ports of the run
	 * @param settings the lane's settings
	 * @param parameters what the lane's limits follow from
	 * @param database the database that it asks
	 * @param extraArguments further arguments of the program
	 * @param cores the processors that it may run on; empty for all
	 * @param log where the lane's output goes
	 * @return the lane
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if a port of it is taken, or it dies or is not ready in time
	 */
	static LaneProcess start(Contender contender, Path jar, Ports ports, Settings settings, Parameters parameters,
			Database database, List<String> extraArguments, String cores, Path log) throws InterruptedException {
		Lane lane = contender.lane();
		JavaCommand command = JavaCommand
			.jar(flags(settings, contender.setup(), parameters), jar,
					arguments(contender, ports, settings, parameters, database, extraArguments))
			.on(java(contender.setup()));
		URI baseUrl = loopback(ports.application(lane), "");
		URI management = loopback(ports.management(lane), "");
		if (contender.setup().aotCache()) {
			AotCache cache = AotCache.of(command, sibling(log, "training"), (training, patience) -> {
				ports.requireFree(lane);
				LaneProcess trained = start(lane.id(), training, database.environment(), baseUrl, management, cores,
						sibling(log, "training"));
				if (!trained.process.end(patience)) {
					throw new RunFailure("%s did not end within %d s to leave an AOT cache".formatted(lane.id(),
							patience.toSeconds()));
				}
			});
			command = cache.command(command);
		}
		// They were free when the run began, which may be hours ago.
		ports.requireFree(lane);
		return start(lane.id(), command, database.environment(), baseUrl, management, cores, log);
	}

	private static Path sibling(Path log, String what) {
		return log.resolveSibling("%s-%s".formatted(what, log.getFileName()));
	}

	/**
	 * Starts a reference, with the flags of every lane, and waits until it is ready for
	 * traffic.
	 * @param reference which
	 * @param jar the references' program
	 * @param ports the ports of the run
	 * @param settings the lanes' settings
	 * @param parameters what the lanes' flags follow from
	 * @param cores the processors that it may run on; empty for all
	 * @param log where its output goes
	 * @return the reference
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if a port of it is taken, or it dies or is not ready in time
	 */
	static LaneProcess start(Reference reference, Path jar, Ports ports, Settings settings, Parameters parameters,
			String cores, Path log) throws InterruptedException {
		JavaCommand command = JavaCommand.jar(flags(settings, Setup.AS_ALL, parameters), jar,
				List.of("--kind=" + reference.id(), "--port=" + ports.application(reference),
						"--management-port=" + ports.management(reference),
						"--downstream=" + loopback(ports.downstream(), "")));
		ports.requireFree(reference);
		return start(reference.id(), command, Map.of(), loopback(ports.application(reference), ""),
				loopback(ports.management(reference), ""), cores, log);
	}

	private static LaneProcess start(String name, JavaCommand command, Map<String, String> environment, URI baseUrl,
			URI management, String cores, Path log) throws InterruptedException {
		long started = System.nanoTime();
		ChildProcess process = ChildProcess.start(name, command, environment, cores, log, Duration.ZERO);
		try {
			while (true) {
				if (isReady(management.resolve("/actuator/health/readiness"))) {
					Duration startUp = Duration.ofNanos(System.nanoTime() - started);
					if (answers(baseUrl.resolve(WHOAMI), process)) {
						return new LaneProcess(name, process, baseUrl, management, startUp);
					}
				}
				if (!process.isAlive()) {
					throw new RunFailure("%s ended with status %d before it was ready; its last words:%n%s"
						.formatted(name, process.exitValue(), process.lastWords()));
				}
				if (System.nanoTime() - started > READY_WITHIN.toNanos()) {
					throw new RunFailure("%s was not ready within %d s; its last words:%n%s".formatted(name,
							READY_WITHIN.toSeconds(), process.lastWords()));
				}
				Thread.sleep(50);
			}
		}
		catch (InterruptedException | RuntimeException ex) {
			process.kill();
			throw ex;
		}
	}

	@Override
	public List<Long> pids() {
		return List.of(this.process.pid());
	}

	@Override
	public boolean isAlive() {
		return this.process.isAlive();
	}

	@Override
	public Duration startUp() {
		return this.startUp;
	}

	@Override
	public List<URI> baseUrls() {
		return List.of(this.baseUrl);
	}

	@Override
	public List<URI> metrics() {
		return List.of(this.management.resolve("/actuator/prometheus"));
	}

	@Override
	public String epitaph() {
		return "%s ended with status %d while it was measured".formatted(this.name, this.process.exitValue());
	}

	@Override
	public JsonNode identity() throws IOException, InterruptedException {
		return JSON.readTree(Http.get(this.baseUrl.resolve(WHOAMI)));
	}

	// Nothing is in flight by then and all that was measured is read. Asked politely,
	// event loops alone are quiet for seconds before they end.
	@Override
	public void close() {
		this.process.kill();
	}

	/**
	 * The flags of a lane's JVM: those of every lane, what parameters set, and what a
	 * contender has for itself.
	 * @param settings the lane's settings; with stock ones nothing is stated
	 * @param setup what the contender is started with
	 * @param parameters the parameters
	 * @return the flags
	 */
	static List<String> flags(Settings settings, Setup setup, Parameters parameters) {
		List<String> flags = new ArrayList<>(
				(settings == Settings.STOCK) ? JavaCommand.heapFlags(parameters) : JavaCommand.laneFlags(parameters));
		flags.addAll(setup.flags());
		return flags;
	}

	private static Path java(Setup setup) {
		Integer feature = setup.jdk();
		return (feature != null) ? Jdk.find(feature).orElseThrow(() -> new RunFailure(Jdk.missing(feature))).java()
				: JavaCommand.OWN;
	}

	private static List<String> arguments(Contender contender, Ports ports, Settings settings, Parameters parameters,
			Database database, List<String> extraArguments) {
		Lane lane = contender.lane();
		List<String> arguments = new ArrayList<>();
		arguments.add("--server.port=" + ports.application(lane));
		arguments.add("--management.server.port=" + ports.management(lane));
		arguments.add("--lane.downstream.url=" + loopback(ports.downstream(), ""));
		arguments.addAll(database.arguments());
		arguments.addAll(limits(contender, settings, parameters));
		arguments.addAll(extraArguments);
		return arguments;
	}

	/**
	 * What a lane's program is told of its limits, wherever it runs.
	 * @param contender the lane, and what it is started with that others are not
	 * @param settings the lane's settings
	 * @param parameters what the limits follow from
	 * @return arguments of the program
	 */
	static List<String> limits(Contender contender, Settings settings, Parameters parameters) {
		List<String> arguments = new ArrayList<>();
		if (settings == Settings.STOCK) {
			arguments.add("--spring.profiles.active=" + settings.id());
		}
		else {
			// T is a limit of every lane's configuration, but only platform threads feel
			// it.
			parameters.values()
				.forEach((parameter, value) -> property(parameter)
					.ifPresent((name) -> arguments.add("--%s=%d".formatted(name, value))));
			if (parameters.values().containsKey(Parameter.REQUESTS)) {
				arguments.add("--lane.server.max-connections=" + CONNECTIONS_OF_HELD_LOAD);
			}
		}
		contender.setup().properties().forEach((name, value) -> arguments.add("--%s=%s".formatted(name, value)));
		return arguments;
	}

	// The limit of a lane that a parameter sets.
	private static Optional<String> property(Parameter parameter) {
		return switch (parameter) {
			case PERMITS -> Optional.of("lane.limited.permits");
			case CONNECTIONS -> Optional.of("lane.downstream.max-connections");
			case DB_CONNECTIONS -> Optional.of("lane.query.max-connections");
			case THREADS -> Optional.of("server.tomcat.threads.max");
			case ADMITTED -> Optional.of("lane.admission.max-requests");
			case TIMEOUT_MS -> Optional.of("lane.downstream.response-timeout");
			case DELAY_MS, ROUNDS, STALL_MS, REQUESTS, HEAP_MB, JVMS, PROCESSORS, LOOPS -> Optional.empty();
		};
	}

	private static boolean isReady(URI readiness) throws InterruptedException {
		try {
			Http.get(readiness);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	// Ports that were free a moment ago may be another's by now, such as a lane's of a
	// run that began at the same time: whoever answers there may be ready, and not ours.
	private static boolean answers(URI whoami, ChildProcess process) throws InterruptedException {
		try {
			return JSON.readTree(Http.get(whoami)).path("pid").asLong(0) == process.pid();
		}
		catch (IOException | JacksonException ex) {
			return false;
		}
	}

	static URI loopback(int port, String path) {
		return URI.create("http://127.0.0.1:" + port + path);
	}

}
