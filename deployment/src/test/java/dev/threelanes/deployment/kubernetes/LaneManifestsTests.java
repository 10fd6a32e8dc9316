package dev.threelanes.deployment.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threelanes.experiments.Lane;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lanes in a cluster: equal but for their names, asked for their health where nobody
 * else asks, and given the time to finish.
 */
class LaneManifestsTests {

	static final List<String> OVERLAYS = List.of("overlays/single", "overlays/distributed");

	private static final int APPLICATION = 8080;

	private static final int MANAGEMENT = 9080;

	@ParameterizedTest
	@FieldSource("OVERLAYS")
	void lanesAreEqualButForTheirNames(String overlay) {
		List<ObjectNode> objects = Kustomization.render(Manifests.FOLDER.resolve(overlay));
		List<String> first = nameless(objects, Lane.MVC);
		assertThat(first).hasSize(3);
		assertThat(nameless(objects, Lane.WEBFLUX)).isEqualTo(first);
		assertThat(nameless(objects, Lane.LOOM)).isEqualTo(first);
	}

	@Test
	void laneWithMoreMemoryIsNotEqual() {
		List<ObjectNode> objects = Kustomization.render(Manifests.FOLDER.resolve("overlays/single"));
		List<String> before = nameless(objects, Lane.LOOM);
		objects.stream()
			.filter((object) -> object.at("/spec/template/spec/containers/0/image").asText().contains("loom"))
			.forEach((object) -> ((ObjectNode) object.at("/spec/template/spec/containers/0/resources/limits"))
				.put("memory", "3Gi"));
		assertThat(nameless(objects, Lane.LOOM)).isNotEqualTo(before);
	}

	// Everything of a lane, with its name taken out wherever it stands as a word.
	private static List<String> nameless(List<ObjectNode> objects, Lane lane) {
		return objects.stream()
			.filter((object) -> lane.id().equals(object.at("/metadata/name").asText()))
			.map((object) -> object.toString().replaceAll("\\b%s\\b".formatted(lane.id()), "LANE"))
			.toList();
	}

	@ParameterizedTest
	@EnumSource
	void laneRunsItsOwnImage(Lane lane) {
		assertThat(container(lane).getImage()).isEqualTo("three-lanes/%s-app:latest".formatted(lane.id()));
	}

	@ParameterizedTest
	@EnumSource
	void lanePortsAreThoseThatItIsTold(Lane lane) {
		assertThat(variable(lane, "SERVER_PORT")).isEqualTo(Integer.toString(APPLICATION));
		assertThat(variable(lane, "MANAGEMENT_SERVER_PORT")).isEqualTo(Integer.toString(MANAGEMENT));
		assertThat(container(lane).getPorts()).extracting(ContainerPort::getContainerPort)
			.containsExactly(APPLICATION, MANAGEMENT);
	}

	@ParameterizedTest
	@EnumSource
	void probesAskOnTheManagementPort(Lane lane) {
		Container container = container(lane);
		assertAsks(container, container.getStartupProbe(), "/actuator/health/readiness");
		assertAsks(container, container.getReadinessProbe(), "/actuator/health/readiness");
		assertAsks(container, container.getLivenessProbe(), "/actuator/health/liveness");
	}

	@ParameterizedTest
	@EnumSource
	void laneGivesItsHealthByProbe(Lane lane) {
		assertThat(property(lane, "/management/endpoint/health/probes/enabled")).contains("true");
		assertThat(property(lane, "/management/endpoints/web/exposure/include")).get()
			.asString()
			.contains("health", "prometheus");
	}

	@ParameterizedTest
	@EnumSource
	void laneIsGivenTheTimeToFinish(Lane lane) {
		PodSpec pod = deployment(lane).getSpec().getTemplate().getSpec();
		Duration pause = Duration.ofSeconds(container(lane).getLifecycle().getPreStop().getSleep().getSeconds());
		Duration grace = Duration
			.parse("PT" + property(lane, "/spring/lifecycle/timeout-per-shutdown-phase").orElseThrow());
		assertThat(property(lane, "/server/shutdown")).contains("graceful");
		assertThat(pause).isPositive();
		assertThat(Duration.ofSeconds(pod.getTerminationGracePeriodSeconds())).isGreaterThan(pause.plus(grace));
	}

	@ParameterizedTest
	@EnumSource
	void prometheusIsToldWhereToScrape(Lane lane) {
		assertThat(deployment(lane).getSpec().getTemplate().getMetadata().getAnnotations())
			.containsEntry("prometheus.io/scrape", "true")
			.containsEntry("prometheus.io/port", Integer.toString(MANAGEMENT))
			.containsEntry("prometheus.io/path", "/actuator/prometheus");
	}

	@ParameterizedTest
	@EnumSource
	void neverTwoOfALaneAtOnce(Lane lane) {
		assertThat(deployment(lane).getSpec().getReplicas()).isEqualTo(1);
		assertThat(deployment(lane).getSpec().getStrategy().getType()).isEqualTo("Recreate");
	}

	private static void assertAsks(Container container, Probe probe, String path) {
		String port = probe.getHttpGet().getPort().getStrVal();
		assertThat(container.getPorts()).filteredOn((candidate) -> port.equals(candidate.getName()))
			.extracting(ContainerPort::getContainerPort)
			.containsExactly(MANAGEMENT);
		assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
	}

	private static Deployment deployment(Lane lane) {
		return Manifests.rendered("overlays/single").one(Deployment.class, lane.id());
	}

	private static Container container(Lane lane) {
		return deployment(lane).getSpec().getTemplate().getSpec().getContainers().getFirst();
	}

	private static String variable(Lane lane, String name) {
		return container(lane).getEnv()
			.stream()
			.filter((variable) -> name.equals(variable.getName()))
			.map(EnvVar::getValue)
			.findFirst()
			.orElseThrow();
	}

	// From the lane's own configuration, in whichever of its documents it stands.
	private static Optional<String> property(Lane lane, String path) {
		return Yaml.documents(Path.of("../%s-app/src/main/resources/application.yml".formatted(lane.id())))
			.stream()
			.map((document) -> document.at(path))
			.filter((node) -> !node.isMissingNode())
			.map(JsonNode::asText)
			.findFirst();
	}

}
