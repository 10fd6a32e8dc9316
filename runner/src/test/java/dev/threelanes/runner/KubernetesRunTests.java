package dev.threelanes.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.threelanes.report.cell.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A run in a cluster, with a stand-in for {@code kubectl} that notes what it is asked and
 * answers as one would: there is no cluster here.
 */
class KubernetesRunTests {

	private static final String NAMESPACE = "--namespace=three-lanes";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@BeforeEach
	void standIn() throws IOException {
		// Its answers are in files beside it, and so is what it was told.
		Files.writeString(this.folder.resolve("kubectl"), """
				here=$(dirname "$0")
				printf '%s\\n' "$*" >>"$here/calls"
				case "$*" in
					"create namespace"*) [ ! -f "$here/taken" ] || { echo "already exists" >&2; exit 1; } ;;
					"create --filename=-") cat >"$here/secret" ;;
					"apply --kustomize="*overlay*) cp -R "${2#--kustomize=}" "$here/applied" ;;
					*"get job run"*) cat "$here/job" ;;
					*"get pods"*json) cat "$here/pods" ;;
					*"logs job/run") echo "what the run said" ;;
					*" cp "*) [ ! -d "$here/results" ] || cp -R "$here/results" "$5" ;;
				esac
				""");
		answer("job", """
				{"status": {"ready": 0, "conditions": [{"type": "Suspended", "status": "False"},
				 {"type": "Complete", "status": "True"}]}}""");
		answer("pods", """
				{"items": [{"status": {"containerStatuses": [{"state": {"terminated": {"exitCode": 0}}}]}}]}""");
		Files.createDirectories(this.folder.resolve("results"));
		answer("results/manifest.json", "{}");
		answer("results/index.html", "<p>");
	}

	@Test
	void runIsMadeFetchedAndTakenAway() throws Exception {
		StringWriter out = new StringWriter();
		assertThat(run(1, out).execute()).isEqualTo(Lanes.DONE);
		assertThat(calls()).satisfiesExactly((call) -> assertThat(call).isEqualTo("config current-context"),
				(call) -> assertThat(call).isEqualTo("create namespace three-lanes"),
				(call) -> assertThat(call).isEqualTo("create --filename=-"),
				(call) -> assertThat(call).startsWith("apply --kustomize="),
				(call) -> assertThat(call).isEqualTo(NAMESPACE + " get job run --output=json"),
				(call) -> assertThat(call).isEqualTo(NAMESPACE + " logs job/run"),
				(call) -> assertThat(call)
					.isEqualTo(NAMESPACE + " get pods --selector=app.kubernetes.io/name=run --output=json"),
				(call) -> assertThat(call).startsWith("apply --kustomize=").endsWith("k8s/fetch"),
				(call) -> assertThat(call).isEqualTo(NAMESPACE + " wait --for=condition=Ready pod/fetch --timeout=5m"),
				(call) -> assertThat(call).isEqualTo(
						NAMESPACE + " cp --retries=3 fetch:/three-lanes/results/mine " + this.folder.resolve("mine")),
				(call) -> assertThat(call).isEqualTo("delete namespace three-lanes --ignore-not-found --timeout=5m"));
		assertThat(this.folder.resolve("mine/index.html")).hasContent("<p>");
		assertThat(out.toString()).contains("what the run said", "The page: " + this.folder.resolve("mine/index.html"));
	}

	@Test
	void passwordIsMadeForTheRunAndStandsOnNoCommandLine() throws Exception {
		run(1, new StringWriter()).execute();
		JsonNode secret = Json.parse(Files.readString(this.folder.resolve("secret")));
		assertThat(secret.at("/metadata/name").asString()).isEqualTo("database");
		assertThat(secret.at("/metadata/namespace").asString()).isEqualTo("three-lanes");
		String password = secret.at("/stringData/password").asString();
		assertThat(password).hasSize(48);
		assertThat(calls()).noneMatch((call) -> call.contains(password));
	}

	@Test
	void wordsOfTheCommandLineReachTheRunInTheCluster() throws Exception {
		run(1, new StringWriter()).execute();
		assertThat(patch("job-run.json").at("/0/path").asString()).isEqualTo("/spec/template/spec/containers/0/args");
		assertThat(patch("job-run.json").at("/0/value").valueStream().map(JsonNode::asString)).containsExactly("run",
				"low-load", "--profile=smoke", "--set", "delayMs=80", "--out=/three-lanes/results/mine");
		assertThat(Files.readString(this.folder.resolve("applied/kustomization.yaml")))
			.contains("k8s/overlays/single\n")
			.doesNotContain("generators");
	}

	@Test
	void severalInjectorsAreSeveralPods() throws Exception {
		run(5, new StringWriter()).execute();
		assertThat(patch("job-run.json").at("/0/value").valueStream().map(JsonNode::asString)).contains("--injectors=5",
				"--injectors-at=/three-lanes/results/orders");
		assertThat(patch("job-generators.json").at("/0/path").asString()).isEqualTo("/spec/completions");
		assertThat(patch("job-generators.json").at("/0/value").asInt()).isEqualTo(5);
		assertThat(patch("job-generators.json").at("/1/path").asString()).isEqualTo("/spec/parallelism");
		assertThat(patch("job-generators.json").at("/1/value").asInt()).isEqualTo(5);
		assertThat(patch("poddisruptionbudget-generators.json").at("/0/value").asInt()).isEqualTo(5);
		assertThat(Files.readString(this.folder.resolve("applied/kustomization.yaml")))
			.contains("k8s/overlays/distributed\n");
	}

	@Test
	void statusIsThatOfTheRunInTheCluster() throws Exception {
		answer("job", """
				{"status": {"conditions": [{"type": "Failed", "status": "True"}]}}""");
		answer("pods", """
				{"items": [{"status": {"containerStatuses": [{"state": {"terminated": {"exitCode": 1}}}]}}]}""");
		assertThat(run(1, new StringWriter()).execute()).isEqualTo(Lanes.INVALID);
	}

	@Test
	void namespaceOfSomebodyElseIsNotTakenAway() throws Exception {
		answer("taken", "");
		assertThatExceptionOfType(RunFailure.class).isThrownBy(() -> run(1, new StringWriter()).execute())
			.withMessageContaining("already exists");
		assertThat(calls()).noneMatch((call) -> call.startsWith("delete"));
	}

	@Test
	void namespaceIsTakenAwayWhenTheRunLeftNoFiles() throws Exception {
		CellMeasurement.delete(this.folder.resolve("results"));
		assertThatExceptionOfType(RunFailure.class).isThrownBy(() -> run(1, new StringWriter()).execute())
			.withMessageContaining("no files");
		assertThat(calls().getLast()).startsWith("delete namespace");
	}

	@Test
	void withoutKubectlSaysSo() {
		KubernetesRun run = new KubernetesRun(new Kubectl(List.of(this.folder.resolve("no-such-program").toString())),
				overlay(1), this.folder.resolve("mine"), new PrintWriter(new StringWriter()), Duration.ZERO);
		assertThatExceptionOfType(RunFailure.class).isThrownBy(run::execute).withMessageContaining("no-such-program");
	}

	@Test
	void folderThatExistsIsKept() throws Exception {
		Files.createDirectories(this.folder.resolve("mine"));
		assertThatExceptionOfType(RunFailure.class).isThrownBy(() -> run(1, new StringWriter()).execute());
		assertThat(this.folder.resolve("calls")).doesNotExist();
	}

	@Test
	void whatCannotBeMeasuredOnLanesThatStandIsRefusedBeforeAnythingIsMade() {
		StringWriter said = new StringWriter();
		assertThat(Lanes.commandLine().setErr(new PrintWriter(said)).execute("run", "warm-up", "--on", "k8s"))
			.isEqualTo(Lanes.COULD_NOT_RUN);
		assertThat(said.toString()).contains("warm-up cannot be measured");
	}

	private KubernetesRun run(int injectors, StringWriter out) {
		return new KubernetesRun(new Kubectl(List.of("sh", this.folder.resolve("kubectl").toString())),
				overlay(injectors), this.folder.resolve("mine"), new PrintWriter(out), Duration.ZERO);
	}

	private static KubernetesOverlay overlay(int injectors) {
		return KubernetesOverlay.of(SmokeRun.INSTALLATION.home().resolve("k8s"), List.of("run", "low-load", "--on",
				"k8s", "--profile=smoke", "--injectors", "9", "--set", "delayMs=80", "--out=x"), injectors, "mine");
	}

	private JsonNode patch(String name) throws IOException {
		return Json.parse(Files.readString(this.folder.resolve("applied").resolve(name)));
	}

	private List<String> calls() throws IOException {
		return Files.readAllLines(this.folder.resolve("calls"));
	}

	private void answer(String name, String text) throws IOException {
		Files.writeString(this.folder.resolve(name), text);
	}

}
