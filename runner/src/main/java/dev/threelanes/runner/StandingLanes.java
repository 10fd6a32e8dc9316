package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Parameter;
import dev.threelanes.report.validity.ParameterLimits;
import dev.threelanes.runner.RunPlan.PlannedCell;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lanes that somebody else started and keeps, each reached by its own name in a network
 * that this process shares with them. One is measured at a time, and the others must be
 * idle.
 *
 * @param identities what each of them said of itself
 */
record StandingLanes(Map<Lane, JsonNode> identities) implements Deployment {

	private static final int APPLICATION_PORT = 8080;

	private static final int ACTUATOR_PORT = 9080;

	private static final URI DOWNSTREAM = URI.create("http://downstream:8090");

	private static final JsonMapper JSON = new JsonMapper();

	StandingLanes {
		identities = Map.copyOf(identities);
	}

	/**
	 * Asks every lane of the catalogue what it is.
	 * @return those that answer
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if none does
	 */
	static StandingLanes find() throws InterruptedException {
		Map<Lane, JsonNode> identities = new LinkedHashMap<>();
		for (Lane lane : Lane.values()) {
			try {
				identities.put(lane, identity(lane));
			}
			catch (IOException ex) {
				// Whoever asks for this lane will hear of it.
			}
		}
		if (identities.isEmpty()) {
			throw new RunFailure("No lane answers at http://mvc:%d or the like: start them with 'docker compose up'"
				.formatted(APPLICATION_PORT));
		}
		return new StandingLanes(identities);
	}

	/**
	 * What can be asked of lanes as they stand.
	 * @return the place, with the limits that they tell of
	 */
	Place.Standing place() {
		Map<Parameter, Integer> limits = new EnumMap<>(Parameter.class);
		for (Lane lane : Lane.values()) {
			JsonNode identity = this.identities.get(lane);
			if (identity != null) {
				for (Parameter parameter : Parameter.values()) {
					ParameterLimits.limit(parameter, lane)
						.map(identity.path("limits")::path)
						.filter(JsonNode::isInt)
						.ifPresent((limit) -> limits.putIfAbsent(parameter, limit.intValue()));
				}
				limits.putIfAbsent(Parameter.PROCESSORS, identity.path("processors").intValue());
			}
		}
		return new Place.Standing(limits);
	}

	@Override
	public Downstream downstream() {
		return new RemoteDownstream(DOWNSTREAM, List.of());
	}

	@Override
	public Service start(PlannedCell cell, Path log) {
		return switch (cell.subject()) {
			case Subject.OfLane measured -> lane(measured.contender().lane());
			case Subject.OfReference reference ->
				throw new RunFailure("%s is a process of this machine only".formatted(reference.id()));
			case Subject.Target target -> new TargetService(target.url());
		};
	}

	private Service lane(Lane lane) {
		if (!this.identities.containsKey(lane)) {
			throw new RunFailure("%s does not answer at %s".formatted(lane.id(), application(lane)));
		}
		List<URI> others = this.identities.keySet()
			.stream()
			.filter((other) -> other != lane)
			.sorted()
			.map(StandingLanes::metrics)
			.toList();
		return new RemoteLane(lane, application(lane), metrics(lane), List.of(), null, others, () -> {
			// It is not the run's to stop.
		});
	}

	@Override
	public void requireAlive() {
		// Whether they live is seen by what they answer.
	}

	@Override
	public void close() {
		// Nothing here was started by the run.
	}

	private static JsonNode identity(Lane lane) throws IOException, InterruptedException {
		return JSON.readTree(Http.get(application(lane).resolve("/api/whoami")));
	}

	private static URI application(Lane lane) {
		return URI.create("http://%s:%d".formatted(lane.id(), APPLICATION_PORT));
	}

	private static URI metrics(Lane lane) {
		return URI.create("http://%s:%d/actuator/prometheus".formatted(lane.id(), ACTUATOR_PORT));
	}

}
