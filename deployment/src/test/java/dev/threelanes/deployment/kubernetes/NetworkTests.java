package dev.threelanes.deployment.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threelanes.deployment.kubernetes.Network.Place;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The network lets through what the design needs and nothing else, and says so at both
 * ends of every edge.
 */
class NetworkTests {

	static final List<String> OVERLAYS = List.of("overlays/single", "overlays/distributed");

	/** Every edge of the design. */
	private static final Set<Edge> NEEDED = Set.of(
			// The load, and who the lanes are.
			Edge.tcp("runner", "lane", 8080),
			// Threads, heap, requests in flight, beside the load.
			Edge.tcp("runner", "lane", 9080),
			// Its metrics.
			Edge.tcp("runner", "downstream", 8090),
			// What lanes are there for.
			Edge.tcp("lane", "downstream", 8090), Edge.tcp("lane", "database", 5432),
			// All of these by name.
			Edge.udp("lane", "names", 53), Edge.tcp("lane", "names", 53), Edge.udp("runner", "names", 53),
			Edge.tcp("runner", "names", 53),
			// The scrape annotations.
			Edge.tcp("prometheus", "lane", 9080), Edge.tcp("prometheus", "downstream", 8090));

	/** Those that several generators need beside them. */
	private static final Set<Edge> NEEDED_BY_GENERATORS = Set.of(
			// The load.
			Edge.tcp("generator", "lane", 8080),
			// Where they meet before every step.
			Edge.tcp("generator", "generator", 8093),
			// Both by name.
			Edge.udp("generator", "names", 53), Edge.tcp("generator", "names", 53));

	/** Those outside the lab that an edge may lead to or come from. */
	private static final List<Place> OUTSIDE = List.of(
			new Place("names", Map.of("k8s-app", "kube-dns"), namespace("kube-system"), false),
			new Place("prometheus", Map.of("app.kubernetes.io/name", "prometheus"), namespace("monitoring"), false),
			// Who looks like somebody, elsewhere; and anybody else.
			new Place("impostor", Map.of("app.kubernetes.io/component", "runner"), namespace("elsewhere"), false),
			new Place("neighbour", Map.of("app", "other"), namespace("monitoring"), false),
			new Place("world", Map.of(), Map.of(), false));

	private static final List<Integer> PORTS = List.of(22, 53, 80, 443, 5432, 6443, 8080, 8090, 8093, 9080, 9090,
			10250);

	@ParameterizedTest
	@FieldSource("OVERLAYS")
	void everyEdgeIsNeededAndNoneIsMissing(String overlay) {
		Manifests manifests = Manifests.rendered(overlay);
		List<Place> lab = lab(manifests);
		Network network = new Network(manifests.all(NetworkPolicy.class));
		assertThat(outward(network, lab)).isEqualTo(of(needed(overlay), (edge) -> isInside(edge.from(), lab)));
		assertThat(inward(network, lab)).isEqualTo(of(needed(overlay), (edge) -> isInside(edge.to(), lab)));
		assertThat(network.idle(lab)).isEmpty();
	}

	@ParameterizedTest
	@FieldSource("OVERLAYS")
	void everyPolicyIsMissedWhenItIsGone(String overlay) {
		Manifests manifests = Manifests.rendered(overlay);
		List<Place> lab = lab(manifests);
		List<NetworkPolicy> policies = manifests.all(NetworkPolicy.class);
		for (NetworkPolicy policy : policies) {
			List<NetworkPolicy> others = new ArrayList<>(policies);
			others.remove(policy);
			Network network = new Network(others);
			assertThat(outward(network, lab).equals(of(needed(overlay), (edge) -> isInside(edge.from(), lab)))
					&& inward(network, lab).equals(of(needed(overlay), (edge) -> isInside(edge.to(), lab))))
				.as("without " + policy.getMetadata().getName())
				.isFalse();
		}
	}

	@Test
	void openDoorIsSeen() {
		Manifests manifests = Manifests.rendered("overlays/single");
		List<NetworkPolicy> policies = new ArrayList<>(manifests.all(NetworkPolicy.class));
		policies.add(policy("""
				apiVersion: networking.k8s.io/v1
				kind: NetworkPolicy
				metadata: { name: open }
				spec:
				  podSelector: { matchLabels: { app.kubernetes.io/component: database } }
				  policyTypes: [Ingress]
				  ingress: [{ ports: [{ port: 5432 }] }]
				"""));
		assertThat(inward(new Network(policies), lab(manifests))).contains(Edge.tcp("world", "database", 5432),
				Edge.tcp("runner", "database", 5432));
	}

	@Test
	void podThatNoPolicySelectsIsOpen() {
		Network network = new Network(List.of());
		List<Place> lab = lab(Manifests.rendered("overlays/single"));
		assertThat(outward(network, lab)).contains(Edge.tcp("lane", "world", 443));
		assertThat(inward(network, lab)).contains(Edge.tcp("world", "lane", 8080));
	}

	@Test
	void whoFetchesResultsCallsNobody() {
		Map<String, String> labels = Manifests.rendered("fetch").pods().getFirst().labels();
		List<Place> fetch = List.of(new Place("fetch", labels, namespace("three-lanes"), true));
		Network network = new Network(Manifests.rendered("overlays/single").all(NetworkPolicy.class));
		assertThat(outward(network, fetch)).isEmpty();
		assertThat(inward(network, fetch)).isEmpty();
	}

	private static Set<Edge> needed(String overlay) {
		Set<Edge> needed = new LinkedHashSet<>(NEEDED);
		if (overlay.endsWith("distributed")) {
			needed.addAll(NEEDED_BY_GENERATORS);
		}
		return needed;
	}

	private static Set<Edge> outward(Network network, List<Place> lab) {
		Set<Edge> edges = new LinkedHashSet<>();
		for (Place from : lab) {
			for (Place to : everybody(lab)) {
				for (Edge edge : questions(from, to)) {
					if (network.letsOut(edge, from, to)) {
						edges.add(edge);
					}
				}
			}
		}
		return edges;
	}

	private static Set<Edge> inward(Network network, List<Place> lab) {
		Set<Edge> edges = new LinkedHashSet<>();
		for (Place to : lab) {
			for (Place from : everybody(lab)) {
				for (Edge edge : questions(from, to)) {
					if (network.letsIn(edge, from, to)) {
						edges.add(edge);
					}
				}
			}
		}
		return edges;
	}

	private static List<Edge> questions(Place from, Place to) {
		List<Edge> edges = new ArrayList<>();
		for (int port : PORTS) {
			edges.add(Edge.tcp(from.component(), to.component(), port));
			edges.add(Edge.udp(from.component(), to.component(), port));
		}
		return edges;
	}

	private static List<Place> everybody(List<Place> lab) {
		List<Place> everybody = new ArrayList<>(lab);
		everybody.addAll(OUTSIDE);
		return everybody;
	}

	private static List<Place> lab(Manifests manifests) {
		return manifests.pods()
			.stream()
			.map((pods) -> new Place(pods.component(), pods.labels(), namespace("three-lanes"), true))
			.toList();
	}

	private static boolean isInside(String component, List<Place> lab) {
		return lab.stream().anyMatch((place) -> place.component().equals(component));
	}

	private static Set<Edge> of(Set<Edge> edges, Predicate<Edge> condition) {
		Set<Edge> some = new LinkedHashSet<>(edges);
		some.removeIf(condition.negate());
		return some;
	}

	private static Map<String, String> namespace(String name) {
		return Map.of("kubernetes.io/metadata.name", name);
	}

	private static NetworkPolicy policy(String yaml) {
		ObjectNode document = Yaml.documents(yaml).getFirst();
		return Yaml.model(document, NetworkPolicy.class);
	}

}
