package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.Sample;
import dev.threelanes.report.cell.Samples;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * One of several injectors on machines of their own: makes its share of every load that a
 * run elsewhere orders, until no more orders come. It knows nothing of experiments but
 * what the order says.
 */
@Command(name = "inject", mixinStandardHelpOptions = true, hidden = true,
		description = { "Make a share of every load that './lanes run --injectors-at DIR' orders in a folder that",
				"both see, until it says that no more orders come." })
final class InjectCommand implements Callable<Integer> {

	private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(1);

	private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

	private final OperatingSystem system = new SystemInfo().getOperatingSystem();

	@CommandLine.Spec
	@SuppressWarnings("NullAway.Init")
	private CommandLine.Model.CommandSpec spec;

	@Parameters(paramLabel = "DIR", description = "the folder with the orders")
	private Path folder = Path.of("");

	@Option(names = "--injector", paramLabel = "I", defaultValue = "${env:JOB_COMPLETION_INDEX}",
			description = "which injector this is, from 0 (default: the variable JOB_COMPLETION_INDEX, which an indexed Job sets)")
	private @Nullable Integer injector;

	@Option(names = "--barrier", paramLabel = "HOST:PORT", required = true,
			description = "where injector 0 listens for the others")
	private String barrier = "";

	@Override
	public Integer call() throws InterruptedException {
		Integer own = this.injector;
		if (own == null || own < 0) {
			throw new CommandLine.ParameterException(this.spec.commandLine(), "--injector is needed: a number from 0");
		}
		Exchange exchange = new Exchange(this.folder.toAbsolutePath().normalize());
		Thread farewell = Thread.ofPlatform().unstarted(ChildProcess::stopForGood);
		Runtime.getRuntime().addShutdownHook(farewell);
		boolean failed = false;
		try {
			exchange.announce(own);
			for (int number = 1; !exchange.ended(); number++) {
				LoadOrder order = next(exchange, number);
				if (order != null) {
					failed |= !inject(exchange, number, order, own);
				}
			}
		}
		catch (IOException ex) {
			throw new RunFailure("The orders in %s cannot be carried out: %s".formatted(this.folder, ex), ex);
		}
		finally {
			Run.removeHook(farewell);
		}
		return failed ? Lanes.COULD_NOT_RUN : Lanes.DONE;
	}

	// Nothing if no more come.
	private static @Nullable LoadOrder next(Exchange exchange, int number) throws IOException, InterruptedException {
		Optional<LoadOrder> order = exchange.order(number);
		while (order.isEmpty()) {
			if (exchange.ended()) {
				return null;
			}
			Thread.sleep(LOOK_AGAIN);
			order = exchange.order(number);
		}
		return order.get();
	}

	private boolean inject(Exchange exchange, int number, LoadOrder order, int own)
			throws IOException, InterruptedException {
		this.spec.commandLine()
			.getOut()
			.printf("Order %d: injector %d of %d, %s on %s%n", number, own, order.injectors(), order.experiment(),
					order.contender());
		this.spec.commandLine().getOut().flush();
		Path draft = exchange.draft(number, own);
		Files.createDirectories(draft);
		List<Sample> samples = new ArrayList<>();
		InstantSource clock = SteadyClock.from(InstantSource.system());
		try (Generator generator = Generator.start(Installation.current(), order.of(own, this.barrier),
				order.addresses(), "", draft, exchange.log(number, own))) {
			do {
				sample(generator.pid(), clock, samples);
				if (exchange.ended()) {
					// Whoever ordered it does not wait for it any more.
					return false;
				}
			}
			while (!generator.waitFor(BETWEEN_SAMPLES));
			if (generator.exitValue() != 0) {
				exchange.fail(number, own,
						"with status %d; its last words:%n%s".formatted(generator.exitValue(), generator.lastWords()));
				return false;
			}
		}
		new Samples(samples).write(new CellFiles(draft).samples());
		exchange.deliver(number, own);
		return true;
	}

	private void sample(long pid, InstantSource clock, List<Sample> samples) {
		OSProcess process = this.system.getProcess((int) pid);
		if (process != null) {
			Map<Metric, Double> values = new EnumMap<>(Metric.class);
			values.put(Metric.GENERATOR_CPU_MILLIS, (double) (process.getKernelTime() + process.getUserTime()));
			values.put(Metric.GENERATOR_RSS_BYTES, (double) process.getResidentMemory());
			samples.add(new Sample(clock.millis(), values));
		}
	}

}
