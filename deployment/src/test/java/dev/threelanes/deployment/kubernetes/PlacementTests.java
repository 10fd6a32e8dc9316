package dev.threelanes.deployment.kubernetes;

import java.util.List;

import dev.threelanes.deployment.kubernetes.Manifests.Pods;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may share a node with whom.
 */
class PlacementTests {

	static final List<String> OVERLAYS = List.of("overlays/single", "overlays/distributed");

	private static final String HOST = "kubernetes.io/hostname";

	@ParameterizedTest
	@FieldSource("OVERLAYS")
	void everyPodIsSpreadOverNodes(String overlay) {
		for (Pods pods : Manifests.rendered(overlay).pods()) {
			assertThat(pods.spec().getTopologySpreadConstraints()).as(pods.owner())
				.anySatisfy((constraint) -> assertSpreads(constraint, pods));
		}
	}

	private static void assertSpreads(TopologySpreadConstraint constraint, Pods pods) {
		assertThat(constraint.getTopologyKey()).isEqualTo(HOST);
		assertThat(constraint.getMaxSkew()).isEqualTo(1);
		// Nodes that nobody may run on are no nodes to spread over.
		assertThat(constraint.getNodeTaintsPolicy()).isEqualTo("Honor");
		assertThat(Selectors.selects(constraint.getLabelSelector(), pods.labels())).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "lane, runner", "lane, generator", "lane, downstream", "lane, database", "runner, downstream",
			"runner, database", "generator, downstream", "generator, database", "downstream, database" })
	void distributedPartsNeverShareANode(String one, String another) {
		List<Pods> all = Manifests.rendered("overlays/distributed").pods();
		assertThat(all).extracting(Pods::component).contains(one, another);
		for (Pods first : all.stream().filter((pods) -> pods.component().equals(one)).toList()) {
			for (Pods second : all.stream().filter((pods) -> pods.component().equals(another)).toList()) {
				assertThat(keepsAway(first, second)).as("%s keeps %s away", first, second).isTrue();
				assertThat(keepsAway(second, first)).as("%s keeps %s away", second, first).isTrue();
			}
		}
	}

	@Test
	void lanesMayShareANodeSinceOneIsMeasuredAtATime() {
		List<Pods> lanes = Manifests.rendered("overlays/distributed")
			.pods()
			.stream()
			.filter((pods) -> pods.component().equals("lane"))
			.toList();
		assertThat(keepsAway(lanes.getFirst(), lanes.getLast())).isFalse();
	}

	@Test
	void singleNodeHasRoomForAll() {
		for (Pods pods : Manifests.rendered("overlays/single").pods()) {
			assertThat(pods.spec().getAffinity()).as(pods.owner()).isNull();
			assertThat(pods.spec().getTopologySpreadConstraints()).as(pods.owner())
				.extracting(TopologySpreadConstraint::getWhenUnsatisfiable)
				.containsOnly("ScheduleAnyway");
		}
	}

	private static boolean keepsAway(Pods pods, Pods others) {
		Affinity affinity = pods.spec().getAffinity();
		return affinity != null && affinity.getPodAntiAffinity() != null
				&& affinity.getPodAntiAffinity()
					.getRequiredDuringSchedulingIgnoredDuringExecution()
					.stream()
					.anyMatch((term) -> names(term, others));
	}

	private static boolean names(PodAffinityTerm term, Pods others) {
		return HOST.equals(term.getTopologyKey()) && term.getNamespaces().isEmpty()
				&& term.getNamespaceSelector() == null && Selectors.selects(term.getLabelSelector(), others.labels());
	}

}
