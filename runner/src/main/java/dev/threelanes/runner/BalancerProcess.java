package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * HAProxy in front of several JVMs: each request goes to the next of them in turn.
 */
final class BalancerProcess implements AutoCloseable {

	private static final Duration GRACE = Duration.ofSeconds(5);

	private static final Duration READY_WITHIN = Duration.ofSeconds(10);

	// Where Debian puts it, which is on the path of few.
	private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin");

	private static final Pattern VERSION = Pattern.compile("version ([0-9][^ ]*)");

	private final ChildProcess process;

	private final URI baseUrl;

	private final String name;

	private BalancerProcess(ChildProcess process, URI baseUrl, String name) {
		this.process = process;
		this.baseUrl = baseUrl;
		this.name = name;
	}

	/**
	 * Starts HAProxy, if this machine has it, and waits until it lets a request through.
	 * @param jvms what it balances
	 * @param port its port
	 * @param cores the processors that it may run on; empty for all
	 * @param log beside which its configuration and its output go
	 * @return the balancer, or {@code null} if there is no HAProxy
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if it does not become ready
	 */
	static @Nullable BalancerProcess startWhereThereIsOne(List<URI> jvms, int port, String cores, Path log)
			throws InterruptedException {
		Path program = program().orElse(null);
		return (program != null) ? start(program, jvms, port, cores, log) : null;
	}

	private static BalancerProcess start(Path program, List<URI> jvms, int port, String cores, Path log)
			throws InterruptedException {
		Path configuration = log.resolveSibling("haproxy-" + log.getFileName() + ".cfg");
		Path output = log.resolveSibling("haproxy-" + log.getFileName());
		try {
			Files.writeString(configuration, configuration(jvms, port));
		}
		catch (IOException ex) {
			throw new RunFailure("The load balancer's configuration cannot be written: " + ex.getMessage(), ex);
		}
		ChildProcess process = ChildProcess.startProgram("the load balancer",
				List.of(program.toString(), "-db", "-f", configuration.toString()), cores, output, GRACE);
		try {
			URI baseUrl = LaneProcess.loopback(port, "");
			long started = System.nanoTime();
			while (!lets(baseUrl)) {
				if (!process.isAlive() || System.nanoTime() - started > READY_WITHIN.toNanos()) {
					throw new RunFailure("The load balancer did not become ready; its last words:%n%s"
						.formatted(process.lastWords()));
				}
				Thread.sleep(50);
			}
			return new BalancerProcess(process, baseUrl, "HAProxy%s, round robin".formatted(version(program)));
		}
		catch (InterruptedException | RuntimeException ex) {
			process.close();
			throw ex;
		}
	}

	/**
	 * Its configuration. One thread, since several would each count for themselves whose
	 * turn it is; and patience for the longest queue of a batch, which is the lanes' to
	 * time.
	 * @param jvms what it balances
	 * @param port its port
	 * @return the text
	 */
	static String configuration(List<URI> jvms, int port) {
		List<String> lines = new ArrayList<>(List.of("global", "    nbthread 1", "    maxconn 2000", "defaults",
				"    mode http", "    timeout connect 2s", "    timeout client 400s", "    timeout server 400s",
				"listen jvms", "    bind 127.0.0.1:" + port, "    balance roundrobin"));
		for (URI jvm : jvms) {
			lines.add("    server jvm-%d %s".formatted(jvms.indexOf(jvm) + 1, jvm.getAuthority()));
		}
		return String.join("\n", lines) + "\n";
	}

	URI baseUrl() {
		return this.baseUrl;
	}

	/**
	 * What it is and does.
	 * @return program, version and how it chooses
	 */
	String name() {
		return this.name;
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	@Override
	public void close() {
		this.process.close();
	}

	private static boolean lets(URI baseUrl) throws InterruptedException {
		try {
			Http.get(baseUrl.resolve("/api/hello"));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static Optional<Path> program() {
		String path = System.getenv().getOrDefault("PATH", "");
		return Stream.concat(Stream.of(path.split(":")), SYSTEM_FOLDERS.stream())
			.map((folder) -> Path.of(folder, "haproxy"))
			.filter((file) -> Files.isRegularFile(file) && Files.isExecutable(file))
			.findFirst();
	}

	private static String version(Path program) throws InterruptedException {
		try {
			Process process = new ProcessBuilder(program.toString(), "-v").redirectErrorStream(true).start();
			Matcher matcher = VERSION
				.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
			process.waitFor();
			return matcher.find() ? " " + matcher.group(1) : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

}
