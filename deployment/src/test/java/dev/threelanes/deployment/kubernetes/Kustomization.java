package dev.threelanes.deployment.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kubectl kustomize} makes of a folder, for exactly those features that this
 * project's folders use, so that manifests can be checked where no {@code kubectl} is.
 * Whatever else stands in a {@code kustomization.yaml} is an error. Where there is a
 * {@code kubectl}, a test holds this against it.
 *
 * @param apiVersion the version of the file's format
 * @param kind {@code Kustomization} or {@code Component}
 * @param resources files and folders that it is made of
 * @param components folders whose changes are applied to all of them
 * @param namespace the namespace of everything, if it sets one
 * @param images where images are, by the name that manifests give them
 * @param patches changes of single objects
 */
record Kustomization(String apiVersion, String kind, List<String> resources, List<String> components,
		@Nullable String namespace, List<Image> images, List<Patch> patches) {

	private static final String FILE = "kustomization.yaml";

	private static final Set<String> CONTAINERS = Set.of("containers", "initContainers");

	Kustomization {
		resources = (resources != null) ? List.copyOf(resources) : List.of();
		components = (components != null) ? List.copyOf(components) : List.of();
		images = (images != null) ? List.copyOf(images) : List.of();
		patches = (patches != null) ? List.copyOf(patches) : List.of();
	}

	/**
	 * Renders a folder.
	 * @param folder a folder with a {@code kustomization.yaml}
	 * @return the objects, in the order in which the files name them
	 */
	static List<ObjectNode> render(Path folder) {
		Kustomization kustomization = read(folder, "Kustomization");
		List<ObjectNode> objects = new ArrayList<>();
		for (String resource : kustomization.resources) {
			Path path = folder.resolve(resource).normalize();
			objects.addAll(Files.isDirectory(path) ? render(path) : Yaml.documents(path));
		}
		for (String component : kustomization.components) {
			Path path = folder.resolve(component).normalize();
			Kustomization changes = read(path, "Component");
			if (!changes.resources.isEmpty() || !changes.components.isEmpty()) {
				throw new IllegalArgumentException(path + " brings objects, which is not understood here");
			}
			objects = changes.applyTo(objects, path);
		}
		return kustomization.applyTo(objects, folder);
	}

	private static Kustomization read(Path folder, String kind) {
		try {
			Kustomization kustomization = Yaml.MAPPER.readValue(folder.resolve(FILE).toFile(), Kustomization.class);
			if (!kind.equals(kustomization.kind)) {
				throw new IllegalArgumentException(folder + " is no " + kind);
			}
			return kustomization;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<ObjectNode> applyTo(List<ObjectNode> objects, Path folder) {
		List<ObjectNode> changed = objects;
		for (Patch patch : this.patches) {
			changed = patch.applyTo(changed, folder);
		}
		if (this.namespace != null) {
			String name = this.namespace;
			changed.forEach((object) -> place(object, name));
		}
		changed.forEach(this::rename);
		return changed;
	}

	private static void place(ObjectNode object, String namespace) {
		boolean isNamespace = "Namespace".equals(object.path("kind").asText());
		((ObjectNode) object.get("metadata")).put(isNamespace ? "name" : "namespace", namespace);
	}

	private void rename(JsonNode node) {
		for (Map.Entry<String, JsonNode> property : node.properties()) {
			if (CONTAINERS.contains(property.getKey())) {
				property.getValue().forEach((container) -> renameImage((ObjectNode) container));
			}
			else {
				rename(property.getValue());
			}
		}
	}

	private void renameImage(ObjectNode container) {
		for (Image image : this.images) {
			if (image.name.equals(container.path("image").asText())) {
				container.put("image", image.full());
				return;
			}
		}
	}

	/**
	 * Where an image is.
	 *
	 * @param name the name that manifests give it
	 * @param newName its name in a registry, if it is another
	 * @param newTag its tag
	 */
	record Image(String name, @Nullable String newName, String newTag) {

		String full() {
			return ((this.newName != null) ? this.newName : this.name) + ":" + this.newTag;
		}

	}

	/**
	 * A change of single objects, as RFC 6902 writes it.
	 *
	 * @param path the file
	 * @param target which objects
	 */
	record Patch(String path, Target target) {

		List<ObjectNode> applyTo(List<ObjectNode> objects, Path folder) {
			JsonNode operations = Yaml.tree(folder.resolve(this.path));
			if (objects.stream().noneMatch(this.target::selects)) {
				throw new IllegalArgumentException("%s/%s changes nothing".formatted(folder, this.path));
			}
			List<ObjectNode> changed = new ArrayList<>();
			for (ObjectNode object : objects) {
				changed.add(this.target.selects(object) ? (ObjectNode) JsonPatch.apply(operations, object) : object);
			}
			return changed;
		}

	}

	/**
	 * The objects that are changed.
	 *
	 * @param kind their kind
	 * @param name their name, or {@code null} for any
	 * @param labelSelector a label that they have, {@code name=value}, or {@code null}
	 * for any
	 */
	record Target(String kind, @Nullable String name, @Nullable String labelSelector) {

		boolean selects(ObjectNode object) {
			JsonNode metadata = object.path("metadata");
			return this.kind.equals(object.path("kind").asText())
					&& (this.name == null || this.name.equals(metadata.path("name").asText()))
					&& (this.labelSelector == null || isLabelled(metadata.path("labels"), this.labelSelector));
		}

		private static boolean isLabelled(JsonNode labels, String selector) {
			String[] parts = selector.split("=", -1);
			if (parts.length != 2) {
				throw new IllegalArgumentException(selector + " is not understood here");
			}
			return parts[1].equals(labels.path(parts[0]).asText());
		}

	}

}
