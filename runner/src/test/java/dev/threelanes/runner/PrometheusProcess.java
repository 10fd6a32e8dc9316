package dev.threelanes.runner;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * The Prometheus that is installed on this machine. Where there is none, tests are
 * skipped with a message, unless {@value #REQUIRED} is set: continuous integration must
 * not pass because nobody asked.
 */
final class PrometheusProcess implements AutoCloseable {

	private static final String REQUIRED = "THREE_LANES_PROMETHEUS_REQUIRED";

	private static final Duration GRACE = Duration.ofSeconds(5);

	private static final Duration READY_WITHIN = Duration.ofSeconds(30);

	private static final JsonMapper JSON = new JsonMapper();

	private final ChildProcess process;

	private final int port;

	private PrometheusProcess(ChildProcess process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts it and waits until it answers.
	 * @param configuration its configuration
	 * @param port its port
	 * @param folder where its data and its output go
	 * @return Prometheus
	 * @throws InterruptedException if the test is being stopped
	 */
	static PrometheusProcess start(Path configuration, int port, Path folder) throws InterruptedException {
		ChildProcess process = ChildProcess.startProgram("Prometheus",
				List.of(program("prometheus").toString(), "--config.file=" + configuration,
						"--storage.tsdb.path=" + folder.resolve("data"), "--web.listen-address=127.0.0.1:" + port),
				"", folder.resolve("prometheus.log"), GRACE);
		try {
			long started = System.nanoTime();
			while (true) {
				try {
					Http.get(LaneProcess.loopback(port, "/-/ready"));
					return new PrometheusProcess(process, port);
				}
				catch (IOException ex) {
					if (!process.isAlive() || System.nanoTime() - started > READY_WITHIN.toNanos()) {
						throw new RunFailure(
								"Prometheus did not become ready; its last words:%n%s".formatted(process.lastWords()),
								ex);
					}
					Thread.sleep(50);
				}
			}
		}
		catch (InterruptedException | RuntimeException ex) {
			process.close();
			throw ex;
		}
	}

	/**
	 * Asks for the present value of an expression.
	 * @param expression the expression
	 * @return the series of the answer
	 */
	List<Series> query(String expression) {
		List<Series> series = new ArrayList<>();
		for (JsonNode result : ask("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
			.path("result")) {
			JsonNode labels = result.path("metric");
			series.add(new Series(labels.path("lane").asString(labels.path("job").asString("")),
					value(result.path("value").path(1).asString())));
		}
		return series;
	}

	/**
	 * Asks for something else.
	 * @param path its path and query, below that of the API
	 * @return the data of the answer
	 */
	JsonNode ask(String path) {
		try {
			return JSON.readTree(Http.get(LaneProcess.loopback(this.port, "/api/v1/" + path))).path("data");
		}
		catch (IOException ex) {
			return fail("Prometheus was asked " + path, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return fail("Interrupted", ex);
		}
	}

	@Override
	public void close() {
		this.process.close();
	}

	/**
	 * Runs the tool that comes with it.
	 * @param folder the folder that it runs in
	 * @param arguments its arguments
	 * @return what it printed, and its exit status at the end
	 * @throws IOException if it cannot be run
	 * @throws InterruptedException if the test is being stopped
	 */
	static String promtool(Path folder, String... arguments) throws IOException, InterruptedException {
		List<String> words = new ArrayList<>(List.of(program("promtool").toString()));
		words.addAll(List.of(arguments));
		Process process = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return "%s%nstatus %d".formatted(output, process.waitFor());
	}

	private static Path program(String name) {
		Optional<Path> installed = Stream.of(String.valueOf(System.getenv("PATH")).split(":"))
			.map((folder) -> Path.of(folder, name))
			.filter(Files::isExecutable)
			.findFirst();
		if (installed.isEmpty()) {
			String message = "No %s is installed (looked on the path)".formatted(name);
			if (System.getenv(REQUIRED) != null) {
				fail(message);
			}
			return abort(message);
		}
		return installed.get();
	}

	private static double value(String text) {
		return switch (text) {
			case "+Inf" -> Double.POSITIVE_INFINITY;
			case "-Inf" -> Double.NEGATIVE_INFINITY;
			default -> Double.parseDouble(text);
		};
	}

	/**
	 * A series of an answer.
	 *
	 * @param of whose it is: a lane's, or else the job's that it was scraped by
	 * @param value its present value
	 */
	record Series(String of, double value) {
	}

}
