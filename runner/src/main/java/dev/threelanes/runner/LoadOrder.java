package dev.threelanes.runner;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Profile;
import org.jspecify.annotations.Nullable;

/**
 * A load that injectors elsewhere are asked to make together.
 *
 * @param schema the version of the file's shape
 * @param injectors how many share it
 * @param experiment the experiment's name
 * @param contender the contender's name
 * @param profile the profile's name
 * @param parameters the parameters by name
 * @param path what to ask for instead of the experiment's request, or {@code null}
 * @param properties further properties of the simulation
 * @param lane the lane's addresses
 */
record LoadOrder(int schema, int injectors, String experiment, String contender, String profile,
		Map<String, Integer> parameters, @Nullable String path, Map<String, String> properties, List<String> lane) {

	static final int SCHEMA = 1;

	LoadOrder {
		parameters = Map.copyOf(parameters);
		properties = Map.copyOf(properties);
		lane = List.copyOf(lane);
	}

	static LoadOrder of(Generator.Order order, int injectors, List<URI> lane) {
		return new LoadOrder(SCHEMA, injectors, order.experiment(), order.contender(), order.profile().id(),
				order.parameters().asMap(), order.path(), order.properties(),
				lane.stream().map(URI::toString).toList());
	}

	/**
	 * What one of the injectors is told.
	 * @param injector its number, from 0
	 * @param barrier where it meets the others, {@code host:port} of injector 0
	 * @return its order
	 */
	Generator.Order of(int injector, String barrier) {
		Map<String, String> share = new LinkedHashMap<>(this.properties);
		share.put("injectors", Integer.toString(this.injectors));
		share.put("injector", Integer.toString(injector));
		share.put("barrier", barrier);
		return new Generator.Order(this.experiment, this.contender, Profile.of(this.profile),
				Parameters.of(this.parameters), this.path, share, null);
	}

	List<URI> addresses() {
		return this.lane.stream().map(URI::create).toList();
	}

}
