package dev.threelanes.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.OptionalInt;

import dev.threelanes.report.cell.Json;
import dev.threelanes.report.cell.RunFiles;
import tools.jackson.databind.JsonNode;

/**
 * A run in a cluster: makes the namespace and everything in it, waits for the run's Job,
 * fetches its files, and takes the namespace away again.
 */
final class KubernetesRun {

	private static final Duration BEGUN_WITHIN = Duration.ofMinutes(15);

	private static final String RUN_PODS = "--selector=app.kubernetes.io/name=run";

	private static final int SECRET_BYTES = 24;

	private final Kubectl kubectl;

	private final KubernetesOverlay overlay;

	private final Path folder;

	private final PrintWriter out;

	private final Duration lookAgain;

	/**
	 * Prepares a run.
	 * @param kubectl the cluster
	 * @param overlay what is asked of it
	 * @param folder where the run's files shall be, which must not exist
	 * @param out where to tell of progress
	 * @param lookAgain how long to wait between two looks at the Job
	 */
	KubernetesRun(Kubectl kubectl, KubernetesOverlay overlay, Path folder, PrintWriter out, Duration lookAgain) {
		this.kubectl = kubectl;
		this.overlay = overlay;
		this.folder = folder;
		this.out = out;
		this.lookAgain = lookAgain;
	}

	/**
	 * Makes the run.
	 * @return the exit status of the run inside the cluster
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if it cannot be made, or leaves no files
	 */
	int execute() throws InterruptedException {
		if (Files.exists(this.folder)) {
			throw new RunFailure("%s exists already: choose another folder".formatted(this.folder));
		}
		try {
			String namespace = this.overlay.namespace();
			say("Cluster: " + this.kubectl.run("config", "current-context").strip());
			// Fails if there is one, so that nothing is taken away that was not made
			// here.
			this.kubectl.run("create", "namespace", namespace);
			Thread farewell = Thread.ofPlatform().unstarted(() -> removeQuietly(namespace));
			Runtime.getRuntime().addShutdownHook(farewell);
			try {
				return measured(namespace);
			}
			finally {
				say("Taking the namespace %s away".formatted(namespace));
				removeQuietly(namespace);
				Run.removeHook(farewell);
			}
		}
		catch (IOException ex) {
			throw new RunFailure("The run in the cluster cannot be made: " + ex.getMessage(), ex);
		}
	}

	private int measured(String namespace) throws IOException, InterruptedException {
		this.kubectl.tell(secret(namespace), "create", "--filename=-");
		Path own = Files.createTempDirectory("three-lanes-overlay");
		try {
			this.overlay.write(own);
			this.kubectl.run("apply", "--kustomize=" + own);
		}
		finally {
			CellMeasurement.delete(own);
		}
		boolean complete = await(namespace);
		this.out.print(this.kubectl.call("", "--namespace=" + namespace, "logs", "job/run").output());
		this.out.flush();
		OptionalInt status = status(namespace);
		fetch(namespace);
		Path page = new RunFiles(this.folder).page();
		if (Files.exists(page)) {
			say("The page: " + page);
		}
		return status.orElse(complete ? Lanes.DONE : Lanes.COULD_NOT_RUN);
	}

	// Until the Job has come to an end, good or bad.
	private boolean await(String namespace) throws IOException, InterruptedException {
		say("Waiting for the Job to begin; kubectl --namespace=%s get pods shows what it waits for"
			.formatted(namespace));
		long deadline = System.nanoTime() + BEGUN_WITHIN.toNanos();
		boolean begun = false;
		while (true) {
			JsonNode state = Json
				.parse(this.kubectl.run("--namespace=" + namespace, "get", "job", "run", "--output=json"))
				.path("status");
			for (JsonNode condition : state.path("conditions")) {
				if ("True".equals(condition.path("status").asString(""))) {
					String type = condition.path("type").asString("");
					if (type.equals("Complete") || type.equals("Failed")) {
						return type.equals("Complete");
					}
				}
			}
			if (!begun && state.path("ready").asInt(0) > 0) {
				begun = true;
				say("The Job runs; kubectl --namespace=%s logs --follow job/run shows its progress"
					.formatted(namespace));
			}
			if (!begun && System.nanoTime() > deadline) {
				throw new RunFailure("The Job did not begin within %d min:%n%s".formatted(BEGUN_WITHIN.toMinutes(),
						this.kubectl.run("--namespace=" + namespace, "get", "pods", "--output=wide")));
			}
			Thread.sleep(this.lookAgain);
		}
	}

	private OptionalInt status(String namespace) throws IOException, InterruptedException {
		JsonNode status = Json
			.parse(this.kubectl.run("--namespace=" + namespace, "get", "pods", RUN_PODS, "--output=json"))
			.at("/items/0/status/containerStatuses/0/state/terminated/exitCode");
		return status.isInt() ? OptionalInt.of(status.intValue()) : OptionalInt.empty();
	}

	private void fetch(String namespace) throws IOException, InterruptedException {
		say("Fetching the run's files");
		this.kubectl.run("apply", "--kustomize=" + this.overlay.manifests().resolve("fetch"));
		this.kubectl.run("--namespace=" + namespace, "wait", "--for=condition=Ready", "pod/fetch", "--timeout=5m");
		Path parent = this.folder.getParent();
		if (parent != null) {
			Files.createDirectories(parent);
		}
		this.kubectl.run("--namespace=" + namespace, "cp", "--retries=3",
				"fetch:" + KubernetesOverlay.RESULTS + this.overlay.runId(), this.folder.toString());
		if (!Files.exists(new RunFiles(this.folder).manifest())) {
			throw new RunFailure("The run left no files");
		}
	}

	private void removeQuietly(String namespace) {
		boolean interrupted = Thread.interrupted();
		try {
			Kubectl.Outcome outcome = this.kubectl.call("", "delete", "namespace", namespace, "--ignore-not-found",
					"--timeout=5m");
			if (outcome.status() != 0) {
				say("The namespace %s could not be taken away: %s".formatted(namespace, outcome.lastWords()));
			}
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	// By the standard input, so that nobody reads it from a list of processes.
	private static String secret(String namespace) {
		byte[] password = new byte[SECRET_BYTES];
		new SecureRandom().nextBytes(password);
		return """
				{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "database", "namespace": "%s"},
				 "stringData": {"password": "%s"}}
				""".formatted(namespace, HexFormat.of().formatHex(password));
	}

	private void say(String words) {
		this.out.println(words);
		this.out.flush();
	}

}
