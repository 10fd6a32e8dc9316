package dev.threelanes.runner;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Settings;
import org.jspecify.annotations.Nullable;

/**
 * A run of {@code slow-call} in the smoke profile with real lanes and real Gatling, made
 * once for all tests that look at it.
 *
 * @param folder its files
 * @param status its exit status
 * @param output what it printed
 */
record SmokeRun(Path folder, int status, String output) {

	static final Installation INSTALLATION = new Installation(Path.of("..").toAbsolutePath().normalize());

	// Below 32,768, where Linux begins to give ports to outgoing connections: the load
	// itself would take the port of the next lane.
	static final Ports PORTS = new Ports(ThreadLocalRandom.current().nextInt(20_000, 30_000));

	// What spoils a step on a busy machine is refused, rightly, and measured again.
	private static final int MOST_ATTEMPTS = 4;

	private static @Nullable SmokeRun healthy;

	/**
	 * A run of all lanes to which nobody has done anything.
	 * @return the run
	 * @throws Exception if it cannot be made
	 */
	static synchronized SmokeRun healthy() throws Exception {
		if (healthy == null) {
			healthy = make();
		}
		return healthy;
	}

	static RunPlan plan(Lane... lanes) {
		return new RunPlan(List.of(Catalogue.experiment("slow-call")), Profile.SMOKE, List.of(lanes), List.of(),
				Settings.ALIGNED, 1, Map.of(), Cores.SHARED, 1);
	}

	private static SmokeRun make() throws Exception {
		Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/smoke")), "run");
		StringWriter out = new StringWriter();
		int status = new Run(INSTALLATION, plan(Lane.values()), PORTS, folder, List.of("run"), new PrintWriter(out),
				List.of())
			.attempts(MOST_ATTEMPTS)
			.execute();
		return new SmokeRun(folder, status, out.toString());
	}

}
