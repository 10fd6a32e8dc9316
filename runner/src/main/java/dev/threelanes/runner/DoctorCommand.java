package dev.threelanes.runner;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Profile;
import dev.threelanes.experiments.Settings;
import dev.threelanes.report.cell.Machine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Says what this machine can and cannot measure, and how to mend it.
 */
@Command(name = "doctor", mixinStandardHelpOptions = true,
		description = "Say what this machine can and cannot measure, and how to mend it.")
final class DoctorCommand implements Callable<Integer> {

	private static final long GIB = 1L << 30;

	/**
	 * Heaps of generator, lane (4 GiB where it holds ten thousand requests) and
	 * downstream, with what is around them.
	 */
	private static final long MEMORY_NEEDED = 7 * GIB;

	private static final int CORES_FOR_ISOLATION = 4;

	@CommandLine.Spec
	@SuppressWarnings("NullAway.Init")
	private CommandLine.Model.CommandSpec spec;

	@Option(names = "--port-base", paramLabel = "N", defaultValue = "8080", description = "ports to look at")
	private int portBase;

	@Option(names = "--no-calibration", description = "do not drive the downstream to see how far the generator goes")
	private boolean uncalibrated;

	@Override
	public Integer call() throws InterruptedException {
		Machine machine = MachineFacts.read();
		List<Finding> findings = List.of(
				new Finding(true, "JDK %s".formatted(machine.jdk()), "builds and runs everything", ""),
				cores(machine.processors()), memory(machine.memoryBytes()), descriptors(machine.descriptorLimit()),
				ports());
		PrintWriter out = this.spec.commandLine().getOut();
		out.printf("%s, kernel %s, %s%n", machine.os(), machine.kernel(), machine.cpuModel());
		for (Finding finding : findings) {
			out.printf("  %s  %s: %s%n", finding.good() ? "ok  " : "mind", finding.subject(), finding.meaning());
			if (!finding.good()) {
				out.printf("        %s%n", finding.cure());
			}
		}
		out.flush();
		calibrate(out);
		return ports().good() ? Lanes.DONE : Lanes.COULD_NOT_RUN;
	}

	private void calibrate(PrintWriter out) throws InterruptedException {
		if (!ports().good() || this.uncalibrated) {
			return;
		}
		out.println("  ...   the generator: driving the bare downstream for half a minute");
		out.flush();
		out.printf("  ok    the generator: %s%n",
				Calibration.measure(Installation.current(), new Ports(this.portBase)).words());
		out.flush();
	}

	static Finding cores(int processors) {
		String subject = "%d processors".formatted(processors);
		return (processors >= CORES_FOR_ISOLATION)
				? new Finding(true, subject, "lane, generator and downstream need not share one", "")
				: new Finding(false, subject, "lane, generator and downstream share them: compare lanes, do not quote",
						"Figures to quote need %d processors or more.".formatted(CORES_FOR_ISOLATION));
	}

	static Finding memory(long bytes) {
		String subject = "%.1f GiB of memory".formatted((double) bytes / GIB);
		return (bytes >= MEMORY_NEEDED) ? new Finding(true, subject, "enough for every profile", "")
				: new Finding(false, subject, "too little for generator, lane and downstream at once",
						"%d GiB are needed.".formatted(MEMORY_NEEDED / GIB));
	}

	static Finding descriptors(@Nullable Long limit) {
		if (limit == null) {
			return new Finding(true, "file descriptors", "no limit known", "");
		}
		String subject = "%d file descriptors a process".formatted(limit);
		String meaning = "a lane can hold about %d requests at once, a connection in and one out each; %s"
			.formatted((limit - Descriptors.RESERVE) / 2, held(new Descriptors(limit)));
		long needed = Catalogue.experiments()
			.stream()
			// These hold as many as there are descriptors for.
			.filter((experiment) -> !holds(experiment))
			.flatMap((experiment) -> new RunPlan(List.of(experiment), Profile.QUICK, List.of(Lane.values()), List.of(),
					Settings.ALIGNED, 1, Map.of(), Cores.SHARED, 0)
				.cells()
				.stream())
			.mapToLong(RunPlan.PlannedCell::descriptors)
			.max()
			.orElse(0);
		return (limit >= needed) ? new Finding(true, subject, meaning, "") : new Finding(false, subject, meaning,
				"The quick profile needs %d: raise the limit with 'ulimit -n %d'.".formatted(needed, needed));
	}

	private static boolean holds(Experiment experiment) {
		return experiment.parameters(Profile.QUICK, Map.of()).values().containsKey(Parameter.REQUESTS);
	}

	// How many requests each experiment will hold that holds as many as it can.
	private static String held(Descriptors descriptors) {
		return Catalogue.experiments().stream().filter(DoctorCommand::holds).map((experiment) -> {
			Parameters asked = experiment.parameters(Profile.QUICK, Map.of());
			return "%s holds %d of %d".formatted(experiment.id(),
					descriptors.fit(experiment, asked, Map.of()).value(Parameter.REQUESTS),
					asked.value(Parameter.REQUESTS));
		}).collect(Collectors.joining(", "));
	}

	private Finding ports() {
		try {
			new Ports(this.portBase).requireFree(List.of(Lane.values()));
			return new Finding(true, "ports from %d".formatted(this.portBase), "free", "");
		}
		catch (RunFailure ex) {
			return new Finding(false, "ports from %d".formatted(this.portBase), "not all free",
					String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * One thing that was looked at.
	 *
	 * @param good whether nothing needs mending
	 * @param subject what was looked at
	 * @param meaning what it means for measurements
	 * @param cure how to mend it
	 */
	record Finding(boolean good, String subject, String meaning, String cure) {
	}

}
