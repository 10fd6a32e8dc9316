package dev.threelanes.deployment.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;

/**
 * What network policies let through, as Kubernetes defines it: a pod that any policy
 * selects for a direction is closed in it, but for what some such policy opens.
 *
 * @param policies the policies of the lab's namespace
 */
record Network(List<NetworkPolicy> policies) {

	/**
	 * Whether a pod may call out.
	 * @param edge what is asked for
	 * @param from the caller, in the lab
	 * @param to the called, anywhere
	 * @return {@code true} if no policy of the caller keeps it from that
	 */
	boolean letsOut(Edge edge, Place from, Place to) {
		List<NetworkPolicy> closing = closing("Egress", from);
		return closing.isEmpty() || closing.stream()
			.flatMap((policy) -> policy.getSpec().getEgress().stream())
			.anyMatch((rule) -> isNamed(rule.getTo(), to) && isOpen(rule.getPorts(), edge));
	}

	/**
	 * Whether a pod may be called.
	 * @param edge what is asked for
	 * @param from the caller, anywhere
	 * @param to the called, in the lab
	 * @return {@code true} if no policy of the called keeps the caller out
	 */
	boolean letsIn(Edge edge, Place from, Place to) {
		List<NetworkPolicy> closing = closing("Ingress", to);
		return closing.isEmpty() || closing.stream()
			.flatMap((policy) -> policy.getSpec().getIngress().stream())
			.anyMatch((rule) -> isNamed(rule.getFrom(), from) && isOpen(rule.getPorts(), edge));
	}

	/**
	 * All policies that select somebody nobody knows.
	 * @param places everybody in the lab
	 * @return the policies' names
	 */
	Set<String> idle(List<Place> places) {
		Set<String> idle = new TreeSet<>();
		for (NetworkPolicy policy : this.policies) {
			if (places.stream().noneMatch((place) -> selects(policy, place))) {
				idle.add(policy.getMetadata().getName());
			}
		}
		return idle;
	}

	private List<NetworkPolicy> closing(String direction, Place place) {
		return this.policies.stream()
			.filter((policy) -> policy.getSpec().getPolicyTypes().contains(direction) && selects(policy, place))
			.toList();
	}

	private static boolean selects(NetworkPolicy policy, Place place) {
		return place.inLab() && Selectors.selects(policy.getSpec().getPodSelector(), place.labels());
	}

	// A rule that names nobody is for everybody.
	private static boolean isNamed(List<NetworkPolicyPeer> peers, Place place) {
		return peers.isEmpty() || peers.stream().anyMatch((peer) -> isNamed(peer, place));
	}

	private static boolean isNamed(NetworkPolicyPeer peer, Place place) {
		if (peer.getIpBlock() != null) {
			throw new IllegalArgumentException("Nobody expects blocks of addresses");
		}
		boolean inNamespace = (peer.getNamespaceSelector() != null)
				? Selectors.selects(peer.getNamespaceSelector(), place.namespaceLabels()) : place.inLab();
		return inNamespace
				&& (peer.getPodSelector() == null || Selectors.selects(peer.getPodSelector(), place.labels()));
	}

	private static boolean isOpen(List<NetworkPolicyPort> ports, Edge edge) {
		return ports.isEmpty() || ports.stream().anyMatch((port) -> {
			if (port.getEndPort() != null || (port.getPort() != null && port.getPort().getIntVal() == null)) {
				throw new IllegalArgumentException("Nobody expects ranges or names of ports");
			}
			String protocol = (port.getProtocol() != null) ? port.getProtocol() : "TCP";
			return protocol.equals(edge.protocol())
					&& (port.getPort() == null || port.getPort().getIntVal() == edge.port());
		});
	}

	/**
	 * A pod, as policies see it.
	 *
	 * @param component what it is
	 * @param labels its labels
	 * @param namespaceLabels the labels of its namespace
	 * @param inLab whether that is the lab's
	 */
	record Place(String component, Map<String, String> labels, Map<String, String> namespaceLabels, boolean inLab) {

		Place {
			labels = Map.copyOf(labels);
			namespaceLabels = Map.copyOf(namespaceLabels);
		}

	}

}
