package dev.threelanes.deployment.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What is rendered here is what a cluster would be given.
 */
class KustomizationTests {

	static final List<String> RENDERED = Manifests.RENDERED;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@ParameterizedTest
	@FieldSource("RENDERED")
	void rendersWhatKubectlRenders(String rendered) throws Exception {
		// Those before it lack what is used here.
		assumeThat(kubectl("version", "--client")).as("kubectl").containsPattern("Kustomize Version: v([5-9]|\\d\\d)");
		String output = kubectl("kustomize", Manifests.FOLDER.resolve(rendered).toString());
		assertThat(byName(Kustomization.render(Manifests.FOLDER.resolve(rendered))))
			.isEqualTo(byName(Yaml.documents(Objects.requireNonNull(output, "kubectl kustomize"))));
	}

	@Test
	void featureThatIsNotUnderstoodIsAnError() throws IOException {
		write("kustomization.yaml", """
				kind: Kustomization
				namePrefix: other-
				""");
		assertThatException().isThrownBy(() -> Kustomization.render(this.folder)).withMessageContaining("namePrefix");
	}

	@Test
	void keyThatStandsTwiceIsAnError() throws IOException {
		write("kustomization.yaml", """
				kind: Kustomization
				resources: [object.yaml]
				""");
		write("object.yaml", """
				kind: Service
				kind: Secret
				""");
		assertThatException().isThrownBy(() -> Kustomization.render(this.folder)).withMessageContaining("kind");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{ kind: Service, name: another }", "{ kind: Deployment, name: lane }",
			"{ kind: Service, labelSelector: part=other }" })
	void patchThatChangesNothingIsAnError(String target) throws IOException {
		write("kustomization.yaml", """
				kind: Kustomization
				resources: [object.yaml]
				patches:
				  - path: patch.yaml
				    target: %s
				""".formatted(target));
		write("object.yaml", """
				kind: Service
				metadata: { name: lane, labels: { part: lane } }
				""");
		write("patch.yaml", "[{ op: add, path: /metadata/labels/more, value: x }]");
		assertThatException().isThrownBy(() -> Kustomization.render(this.folder)).withMessageContaining("patch.yaml");
	}

	@Test
	void patchesBySelectorAndByName() throws IOException {
		write("kustomization.yaml", """
				kind: Kustomization
				resources: [object.yaml]
				patches:
				  - path: patch.yaml
				    target: { kind: Service, labelSelector: part=lane }
				""");
		write("object.yaml", """
				kind: Service
				metadata: { name: one, labels: { part: lane } }
				---
				kind: Service
				metadata: { name: two, labels: { part: other } }
				""");
		write("patch.yaml", "[{ op: add, path: /metadata/labels/more, value: x }]");
		assertThat(Kustomization.render(this.folder))
			.extracting((object) -> object.at("/metadata/labels/more").asText())
			.containsExactly("x", "");
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(this.folder.resolve(name), text);
	}

	private static Map<String, JsonNode> byName(List<ObjectNode> objects) {
		Map<String, JsonNode> byName = new TreeMap<>();
		for (ObjectNode object : objects) {
			String name = object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
			assertThat(byName.put(name, object)).as(name).isNull();
		}
		return byName;
	}

	// What it says, or nothing where there is none.
	private static @Nullable String kubectl(String... words) throws InterruptedException {
		ProcessBuilder builder = new ProcessBuilder("kubectl");
		builder.command().addAll(List.of(words));
		try {
			Process process = builder.redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("kubectl ends").isTrue();
			assertThat(process.exitValue()).as(output).isZero();
			return output;
		}
		catch (IOException ex) {
			return null;
		}
	}

}
