package dev.threelanes.runner;

import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What several JVMs of a lane say of themselves in one: what all say alike stands as it
 * is; of what differs, like process numbers, the list of all. A limit that differs is
 * then no number any more, and no claim that rests on it is proven.
 */
final class SharedIdentity {

	private SharedIdentity() {
	}

	/**
	 * Merges identities.
	 * @param identities the answer of each JVM's {@code /api/whoami}, at least one
	 * @param balancer what spreads the load over them
	 * @return the answer of all
	 */
	static JsonNode of(List<JsonNode> identities, String balancer) {
		ObjectNode merged = merge(identities);
		merged.put("balancer", balancer);
		merged.put("jvms", identities.size());
		return merged;
	}

	private static ObjectNode merge(List<JsonNode> objects) {
		ObjectNode merged = JsonNodeFactory.instance.objectNode();
		for (String name : objects.getFirst().propertyNames()) {
			List<JsonNode> values = objects.stream().map((object) -> object.path(name)).toList();
			if (values.stream().distinct().count() == 1) {
				merged.set(name, values.getFirst());
			}
			else if (values.stream().allMatch(JsonNode::isObject)) {
				merged.set(name, merge(values));
			}
			else {
				ArrayNode all = merged.putArray(name);
				values.forEach(all::add);
			}
		}
		return merged;
	}

}
