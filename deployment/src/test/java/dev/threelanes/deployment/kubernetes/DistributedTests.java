package dev.threelanes.deployment.kubernetes;

import java.util.List;

import dev.threelanes.deployment.kubernetes.Manifests.Pods;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs as Jobs: one pod that does all, or one that orders loads from several.
 */
class DistributedTests {

	static final List<String> OVERLAYS = List.of("overlays/single", "overlays/distributed");

	private static final Manifests DISTRIBUTED = Manifests.rendered("overlays/distributed");

	@ParameterizedTest
	@FieldSource("OVERLAYS")
	void whatFailedIsNotMadeAgainInSilence(String overlay) {
		assertThat(Manifests.rendered(overlay).all(Job.class)).isNotEmpty().allSatisfy((job) -> {
			assertThat(job.getSpec().getBackoffLimit()).isZero();
			assertThat(job.getSpec().getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
		});
	}

	@Test
	void everyGeneratorIsAnIndexAndAllRunAtOnce() {
		JobSpec generators = DISTRIBUTED.one(Job.class, "generators").getSpec();
		assertThat(generators.getCompletionMode()).isEqualTo("Indexed");
		assertThat(generators.getParallelism()).isEqualTo(generators.getCompletions());
		assertThat(arguments("run")).contains("--injectors=" + generators.getCompletions());
	}

	@Test
	void runAndGeneratorsSeeTheSameOrders() {
		List<String> run = arguments("run");
		List<String> generators = arguments("generators");
		assertThat(generators.getFirst()).isEqualTo("inject");
		assertThat(run).contains("--injectors-at=" + generators.get(1));
		assertThat(List.of("run", "generators")).allSatisfy((job) -> assertThat(container(job).getVolumeMounts())
			.filteredOn((mount) -> mount.getName().equals("results"))
			.extracting(VolumeMount::getMountPath)
			.singleElement()
			.satisfies((path) -> assertThat(generators.get(1)).startsWith(path + "/")));
		assertThat(DISTRIBUTED.one(PersistentVolumeClaim.class, "results").getSpec().getAccessModes())
			.containsExactly("ReadWriteMany");
	}

	@Test
	void generatorsMeetAtTheFirstOfThem() {
		Service service = DISTRIBUTED.one(Service.class, "generators");
		assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
		assertThat(service.getSpec().getPublishNotReadyAddresses()).isTrue();
		Pods generators = DISTRIBUTED.pods()
			.stream()
			.filter((pods) -> pods.owner().equals("generators"))
			.findFirst()
			.orElseThrow();
		assertThat(generators.spec().getSubdomain()).isEqualTo("generators");
		Integer port = service.getSpec().getPorts().getFirst().getPort();
		assertThat(arguments("generators")).contains("--barrier=generators-0.generators:" + port);
		assertThat(container("generators").getPorts()).extracting(ContainerPort::getContainerPort)
			.containsExactly(port);
	}

	private static List<String> arguments(String job) {
		return container(job).getArgs();
	}

	private static Container container(String job) {
		return DISTRIBUTED.one(Job.class, job).getSpec().getTemplate().getSpec().getContainers().getFirst();
	}

}
