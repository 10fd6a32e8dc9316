package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.threelanes.report.cell.Json;

/**
 * What is different in a cluster from one run to the next: which words the run is called
 * with, and how many injectors share its loads. It is written as an overlay of its own on
 * those of {@code k8s/}, as a person would write it.
 *
 * @param manifests the folder {@code k8s/}
 * @param words the command line of the run inside the cluster, without the command's name
 * @param injectors how many injectors share every load
 * @param runId the name of the run's folder
 */
record KubernetesOverlay(Path manifests, List<String> words, int injectors, String runId) {

	/** Where results are in the pods. */
	static final String RESULTS = "/three-lanes/results/";

	/** What says where a run is made and left, and is not for the run itself. */
	private static final Set<String> OUTSIDE = Set.of("--on", "--out", "--injectors");

	KubernetesOverlay {
		words = List.copyOf(words);
	}

	/**
	 * Takes the command line of the run outside the cluster.
	 * @param manifests the folder {@code k8s/}
	 * @param given the words, those that are not for the run itself included
	 * @param injectors how many injectors share every load
	 * @param runId the name of the run's folder
	 * @return the overlay
	 */
	static KubernetesOverlay of(Path manifests, List<String> given, int injectors, String runId) {
		List<String> words = new ArrayList<>();
		boolean value = false;
		for (String word : given) {
			boolean outside = OUTSIDE.contains(word.replaceFirst("=.*", ""));
			if (!value && !outside && !(words.isEmpty() && word.equals("run"))) {
				words.add(word);
			}
			value = outside && word.indexOf('=') < 0;
		}
		return new KubernetesOverlay(manifests, words, injectors, runId);
	}

	/**
	 * The namespace that everything is in.
	 * @return its name
	 * @throws IOException if the folder does not tell
	 */
	String namespace() throws IOException {
		return Files.readAllLines(this.manifests.resolve("settings/kustomization.yaml"))
			.stream()
			.filter((line) -> line.startsWith("namespace: "))
			.map((line) -> line.substring("namespace: ".length()).strip())
			.findFirst()
			.orElseThrow(() -> new IOException("k8s/settings names no namespace"));
	}

	/**
	 * Writes the overlay.
	 * @param folder an empty folder
	 * @throws IOException if it cannot be written
	 */
	void write(Path folder) throws IOException {
		Path base = folder.toRealPath()
			.relativize(this.manifests.toRealPath().resolve("overlays").resolve(shared() ? "distributed" : "single"));
		StringBuilder text = new StringBuilder("""
				apiVersion: kustomize.config.k8s.io/v1beta1
				kind: Kustomization
				resources:
				  - %s
				patches:
				""".formatted(base));
		patch(folder, text, "Job", "run",
				List.of(new Change("replace", "/spec/template/spec/containers/0/args", arguments())));
		if (shared()) {
			patch(folder, text, "Job", "generators", List.of(new Change("replace", "/spec/completions", this.injectors),
					new Change("replace", "/spec/parallelism", this.injectors)));
			patch(folder, text, "PodDisruptionBudget", "generators",
					List.of(new Change("replace", "/spec/minAvailable", this.injectors)));
		}
		Files.writeString(folder.resolve("kustomization.yaml"), text);
	}

	private static void patch(Path folder, StringBuilder kustomization, String kind, String name, List<Change> changes)
			throws IOException {
		String file = "%s-%s.json".formatted(kind, name).toLowerCase(Locale.ROOT);
		Files.writeString(folder.resolve(file), Json.text(changes));
		kustomization.append("""
				  - path: %s
				    target:
				      kind: %s
				      name: %s
				""".formatted(file, kind, name));
	}

	private List<String> arguments() {
		List<String> arguments = new ArrayList<>(List.of("run"));
		arguments.addAll(this.words);
		arguments.add("--out=" + RESULTS + this.runId);
		if (shared()) {
			arguments.add("--injectors=" + this.injectors);
			arguments.add("--injectors-at=" + RESULTS + "orders");
		}
		return arguments;
	}

	private boolean shared() {
		return this.injectors > 1;
	}

	/**
	 * A change as RFC 6902 writes it.
	 *
	 * @param op what to do
	 * @param path where
	 * @param value with what
	 */
	record Change(String op, String path, Object value) {
	}

}
