package dev.threelanes.deployment.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threelanes.deployment.kubernetes.Manifests.Pods;
import dev.threelanes.experiments.Lane;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What every object that a cluster may be given has in common.
 */
class ManifestsTests {

	static final List<String> RENDERED = Manifests.RENDERED;

	/** Everything that this project builds: an image each. */
	private static final Set<String> BUILT = Set.of("three-lanes/mvc-app:latest", "three-lanes/webflux-app:latest",
			"three-lanes/loom-app:latest", "three-lanes/downstream:latest", "three-lanes/runner:latest");

	/** What is only used: the major version that lanes are tested with. */
	private static final Set<String> FOREIGN = Set.of("postgres:18");

	@ParameterizedTest
	@CsvSource(textBlock = """
			spec.replica,         '{"spec": {"replica": 2}}'
			spec.template.spec,   '{"spec": {"template": {"spec": {"hostnetwork": true}}}}'
			a container,          '{"spec": {"template": {"spec": {"containers": [{"imagePulPolicy": "Never"}]}}}}'
			another type,         '{"spec": {"replicas": "many"}}'
			""")
	void whatTheModelDoesNotHaveIsAnError(String what, String json) throws Exception {
		ObjectNode document = (ObjectNode) Yaml.MAPPER.readTree(json);
		document.put("apiVersion", "apps/v1").put("kind", "Deployment");
		assertThatIllegalArgumentException().as(what).isThrownBy(() -> Manifests.of(List.of(document)));
	}

	@Test
	void kindThatNobodyExpectsIsAnError() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Manifests.of(Yaml.documents("{ apiVersion: v1, kind: Secret }")))
			.withMessageContaining("v1/Secret");
	}

	@ParameterizedTest
	@FieldSource("RENDERED")
	void everyImageIsBuiltHereOrKnown(String rendered) {
		Set<String> images = new TreeSet<>();
		Manifests.rendered(rendered)
			.pods()
			.forEach((pods) -> pods.containers().forEach((container) -> images.add(container.getImage())));
		Set<String> known = new TreeSet<>(BUILT);
		known.addAll(FOREIGN);
		if (rendered.startsWith("overlays/")) {
			assertThat(images).isEqualTo(known);
		}
		else {
			assertThat(known).containsAll(images);
		}
	}

	@ParameterizedTest
	@FieldSource("RENDERED")
	void everythingIsInOneNamespaceAndBelongsToTheLab(String rendered) {
		for (HasMetadata object : Manifests.rendered(rendered).objects()) {
			String namespace = "Namespace".equals(object.getKind()) ? object.getMetadata().getName()
					: object.getMetadata().getNamespace();
			assertThat(namespace).as(object.getMetadata().getName()).isEqualTo("three-lanes");
			assertThat(object.getMetadata().getLabels()).as(object.getMetadata().getName())
				.containsEntry("app.kubernetes.io/part-of", "three-lanes");
		}
	}

	@ParameterizedTest
	@FieldSource("RENDERED")
	void everyContainerIsPromisedAllThatItMayUse(String rendered) {
		for (Pods pods : Manifests.rendered(rendered).pods()) {
			for (Container container : pods.containers()) {
				assertThat(container.getResources().getLimits()).as("%s of %s", container.getName(), pods)
					.containsOnlyKeys("cpu", "memory")
					.isEqualTo(container.getResources().getRequests());
			}
		}
	}

	@ParameterizedTest
	@FieldSource("RENDERED")
	void noPasswordStandsInTheTree(String rendered) {
		for (Pods pods : Manifests.rendered(rendered).pods()) {
			for (Container container : pods.containers()) {
				for (EnvVar variable : container.getEnv()) {
					if (variable.getName().contains("PASSWORD")) {
						assertThat(variable.getValue()).as(variable.getName()).isNull();
						assertThat(variable.getValueFrom().getSecretKeyRef().getName()).as(variable.getName())
							.isEqualTo("database");
					}
				}
			}
		}
	}

	@ParameterizedTest
	@FieldSource("RENDERED")
	void everyVolumeThatIsMountedIsThere(String rendered) {
		for (Pods pods : Manifests.rendered(rendered).pods()) {
			Set<String> volumes = new TreeSet<>();
			pods.spec().getVolumes().forEach((volume) -> volumes.add(volume.getName()));
			Set<String> mounted = new TreeSet<>();
			pods.containers()
				.forEach((container) -> container.getVolumeMounts().forEach((mount) -> mounted.add(mount.getName())));
			assertThat(mounted).as(pods.owner()).isEqualTo(volumes);
		}
	}

	@ParameterizedTest
	@FieldSource("RENDERED")
	void everyServiceLeadsToPortsOfOneOwner(String rendered) {
		Manifests manifests = Manifests.rendered(rendered);
		for (Service service : manifests.all(Service.class)) {
			List<Pods> behind = manifests.pods()
				.stream()
				.filter((pods) -> pods.labels().entrySet().containsAll(service.getSpec().getSelector().entrySet()))
				.toList();
			assertThat(behind).as(service.getMetadata().getName())
				.singleElement()
				.satisfies((pods) -> service.getSpec().getPorts().forEach((port) -> assertLeads(port, pods)));
		}
	}

	private static void assertLeads(ServicePort port, Pods pods) {
		assertThat(pods.containers().stream().flatMap((container) -> container.getPorts().stream()))
			.filteredOn((candidate) -> candidate.getName().equals(port.getTargetPort().getStrVal()))
			.extracting(ContainerPort::getContainerPort)
			.as("%s of %s", port.getName(), pods)
			.containsExactly(port.getPort());
	}

	@ParameterizedTest
	@FieldSource("RENDERED")
	void noMeasuredPodIsSentAwayByADrain(String rendered) {
		Manifests manifests = Manifests.rendered(rendered);
		for (Pods pods : manifests.pods()) {
			if (pods.component().equals("fetch")) {
				continue;
			}
			List<PodDisruptionBudget> budgets = manifests.all(PodDisruptionBudget.class)
				.stream()
				.filter((budget) -> pods.labels()
					.entrySet()
					.containsAll(budget.getSpec().getSelector().getMatchLabels().entrySet()))
				.toList();
			assertThat(budgets).as(pods.owner())
				.extracting((budget) -> budget.getSpec().getMinAvailable().getIntVal())
				.containsExactly(pods.count());
		}
	}

	@ParameterizedTest
	@FieldSource("RENDERED")
	void namespaceAdmitsNoPodBelowTheRestrictedLevel(String rendered) {
		Manifests manifests = Manifests.rendered(rendered);
		if (rendered.startsWith("overlays/")) {
			assertThat(manifests.objects()).filteredOn((object) -> "Namespace".equals(object.getKind()))
				.singleElement()
				.satisfies((namespace) -> assertThat(namespace.getMetadata().getLabels())
					.containsAllEntriesOf(Map.of("pod-security.kubernetes.io/enforce", "restricted")));
		}
	}

	@ParameterizedTest
	@FieldSource("RENDERED")
	void servicesOfLanesAreNamedAsTheCatalogueNamesThem(String rendered) {
		Manifests manifests = Manifests.rendered(rendered);
		Set<String> lanes = new TreeSet<>();
		manifests.all(Service.class)
			.stream()
			.map(HasMetadata::getMetadata)
			.filter((metadata) -> Objects.equals(metadata.getLabels().get(Manifests.COMPONENT), "lane"))
			.forEach((metadata) -> lanes.add(metadata.getName()));
		Set<String> catalogue = new TreeSet<>();
		if (rendered.startsWith("overlays/")) {
			for (Lane lane : Lane.values()) {
				catalogue.add(lane.id());
			}
		}
		assertThat(lanes).isEqualTo(catalogue);
	}

}
