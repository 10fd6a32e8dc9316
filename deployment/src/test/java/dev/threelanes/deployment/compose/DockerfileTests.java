package dev.threelanes.deployment.compose;

import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DockerfileTests {

	private final Dockerfile file;

	DockerfileTests() throws Exception {
		this.file = Dockerfile.read();
	}

	@ParameterizedTest
	@ValueSource(strings = { "lane", "downstream", "front", "runner" })
	void imagesRunOnTheRuntimeAloneAndAreNotRoot(String stage) {
		assertThat(this.file.baseImage(stage)).isEqualTo("eclipse-temurin:25-jre");
		assertThat(this.file.last(stage, "USER")).hasValue("10001:10001");
		assertThat(this.file.last(stage, "LABEL")).get().asString().contains("org.opencontainers.image.licenses");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lane", "downstream", "front", "runner" })
	void entryPointsNeedNoShell(String stage) throws Exception {
		assertThat(words(this.file.last(stage, "ENTRYPOINT").orElseThrow())).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "lane", "downstream", "front" })
	void servicesTellThatTheyAreWellWithoutAProgramThatTheImageMayLack(String stage) throws Exception {
		String check = this.file.last(stage, "HEALTHCHECK").orElseThrow();
		assertThat(words(check.substring(check.indexOf("CMD") + 3))).startsWith("bash", "-c");
	}

	@Test
	void whatMavenDownloadsDependsOnNoSource() {
		assertThat(this.file.baseImage("build")).isEqualTo("maven:3-eclipse-temurin-25");
		assertThat(stage("build").base()).isEqualTo("dependencies");
		assertThat(stage("dependencies").instructions().stream().filter((one) -> one.keyword().equals("COPY")))
			.extracting(Dockerfile.Instruction::text)
			.containsExactly("--from=poms /poms .");
	}

	@Test
	void itBuildsWithoutBuildKitToo() throws Exception {
		assertThat(Dockerfile.text()).doesNotContain("--mount=").doesNotContain("# syntax=");
	}

	private Dockerfile.Stage stage(String name) {
		return Objects.requireNonNull(this.file.stages().get(name), name);
	}

	private static List<String> words(String json) throws Exception {
		return new ObjectMapper().readValue(json, new TypeReference<List<String>>() {
		});
	}

}
