package dev.threelanes.deployment.kubernetes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

/**
 * The objects that a cluster would be given.
 *
 * @param objects the objects
 */
record Manifests(List<HasMetadata> objects) {

	/** Where the manifests are, seen from this module. */
	static final Path FOLDER = Path.of("../k8s");

	/** Every folder that a cluster may be given. */
	static final List<String> RENDERED = List.of("overlays/single", "overlays/distributed", "fetch");

	static final String COMPONENT = "app.kubernetes.io/component";

	static final String NAME = "app.kubernetes.io/name";

	private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of("v1/Namespace", Namespace.class,
			"v1/Pod", Pod.class, "v1/Service", Service.class, "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
			"apps/v1/Deployment", Deployment.class, "batch/v1/Job", Job.class, "networking.k8s.io/v1/NetworkPolicy",
			NetworkPolicy.class, "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class);

	static Manifests rendered(String folder) {
		return of(Kustomization.render(FOLDER.resolve(folder)));
	}

	static Manifests of(List<ObjectNode> documents) {
		List<HasMetadata> objects = new ArrayList<>();
		for (ObjectNode document : documents) {
			String kind = "%s/%s".formatted(document.path("apiVersion").asText(), document.path("kind").asText());
			Class<? extends HasMetadata> type = KINDS.get(kind);
			if (type == null) {
				throw new IllegalArgumentException("Nobody expects a " + kind);
			}
			objects.add(Yaml.model(document, type));
		}
		return new Manifests(objects);
	}

	<T extends HasMetadata> List<T> all(Class<T> type) {
		return this.objects.stream().filter(type::isInstance).map(type::cast).toList();
	}

	<T extends HasMetadata> T one(Class<T> type, String name) {
		return all(type).stream()
			.filter((object) -> name.equals(object.getMetadata().getName()))
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no %s %s".formatted(type.getSimpleName(), name)));
	}

	/**
	 * Everything that becomes pods.
	 * @return the pods
	 */
	List<Pods> pods() {
		List<Pods> pods = new ArrayList<>();
		all(Deployment.class).forEach((deployment) -> pods
			.add(new Pods(deployment.getMetadata().getName(), deployment.getSpec().getReplicas(),
					deployment.getSpec().getTemplate().getMetadata(), deployment.getSpec().getTemplate().getSpec())));
		all(Job.class).forEach((job) -> pods.add(new Pods(job.getMetadata().getName(), job.getSpec().getCompletions(),
				job.getSpec().getTemplate().getMetadata(), job.getSpec().getTemplate().getSpec())));
		all(Pod.class)
			.forEach((pod) -> pods.add(new Pods(pod.getMetadata().getName(), 1, pod.getMetadata(), pod.getSpec())));
		return pods;
	}

	/**
	 * Pods that are all alike.
	 *
	 * @param owner the name of what makes them
	 * @param count how many
	 * @param metadata their labels and annotations
	 * @param spec what they are
	 */
	record Pods(String owner, int count, ObjectMeta metadata, PodSpec spec) {

		Map<String, String> labels() {
			return this.metadata.getLabels();
		}

		String component() {
			return String.valueOf(labels().get(COMPONENT));
		}

		List<Container> containers() {
			List<Container> containers = new ArrayList<>(this.spec.getInitContainers());
			containers.addAll(this.spec.getContainers());
			return containers;
		}

		@Override
		public String toString() {
			return this.owner;
		}

	}

}
