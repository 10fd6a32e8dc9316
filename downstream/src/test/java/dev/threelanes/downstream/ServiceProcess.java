package dev.threelanes.downstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The service in a process of its own, as it is in a run: client and service then share
 * neither file descriptors nor threads.
 *
 * @param process the process
 * @param port where it listens
 */
record ServiceProcess(Process process, int port) implements AutoCloseable {

	private static final Pattern READY = Pattern.compile("downstream listening on 127\\.0\\.0\\.1:(\\d+)");

	static ServiceProcess start() throws IOException {
		Process process = launch("--port=0");
		BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
		StringBuilder seen = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			Matcher ready = READY.matcher(line);
			if (ready.matches()) {
				return new ServiceProcess(process, Integer.parseInt(ready.group(1)));
			}
			seen.append(line).append('\n');
		}
		throw new IOException("the service ended before it was ready: " + seen);
	}

	static Process launch(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(System.getProperty("java.home") + "/bin/java", "-Xmx512m", "--enable-native-access=ALL-UNNAMED",
						"-cp", System.getProperty("java.class.path"), Downstream.class.getName()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit()
			.completeOnTimeout(this.process, 10, TimeUnit.SECONDS)
			.thenAccept(Process::destroyForcibly)
			.join();
	}

}
