package dev.threelanes.runner;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.threelanes.report.cell.CellFiles;

/**
 * The load generators of a cell: mostly one, or several processes that share its load and
 * wait for each other before every step.
 */
final class Injectors implements CellLoad {

	private final List<Generator> generators = new ArrayList<>();

	private Injectors() {
	}

	/**
	 * Starts the load of a cell.
	 * @param installation where the simulations are
	 * @param order what to do
	 * @param injectors how many processes share the load, 1 to 64
	 * @param lane the lane's addresses; users go to several in turn
	 * @param cores the processors that all of them may run on; empty for all
	 * @param barrier the port at which they meet
	 * @param files where the record goes, or those of all of them do
	 * @param logs where Gatling's output goes
	 * @param name the beginning of the logs' names
	 * @return the running generators
	 */
	static Injectors start(Installation installation, Generator.Order order, int injectors, List<URI> lane,
			String cores, int barrier, CellFiles files, Path logs, String name) {
		Injectors started = new Injectors();
		if (injectors == 1) {
			started.generators.add(Generator.start(installation, order, lane, cores, files.folder(),
					logs.resolve(name + "-gatling.log")));
			return started;
		}
		try {
			for (int injector = 0; injector < injectors; injector++) {
				Path log = logs.resolve("%s-gatling-%d.log".formatted(name, injector));
				Map<String, String> share = new LinkedHashMap<>();
				share.put("injectors", Integer.toString(injectors));
				share.put("injector", Integer.toString(injector));
				share.put("barrier", "127.0.0.1:" + barrier);
				share.put("record.live", LiveLine.file(log, injector).toString());
				started.generators.add(Generator.start(installation, order.and(share), lane, cores,
						files.injector(injector).folder(), log));
			}
			return started;
		}
		catch (RuntimeException ex) {
			started.close();
			throw ex;
		}
	}

	@Override
	public List<Long> pids() {
		return this.generators.stream().map(Generator::pid).toList();
	}

	@Override
	public boolean waitFor(Duration timeout) throws InterruptedException {
		for (Generator generator : this.generators) {
			if (!generator.waitFor(Duration.ZERO)) {
				return generator.waitFor(timeout) ? ended() : failure().isPresent();
			}
		}
		return true;
	}

	private boolean ended() throws InterruptedException {
		for (Generator generator : this.generators) {
			if (!generator.waitFor(Duration.ZERO)) {
				return failure().isPresent();
			}
		}
		return true;
	}

	@Override
	public Optional<String> failure() throws InterruptedException {
		// Who was killed comes before those who then gave up waiting for it.
		Map<Integer, List<String>> failures = new TreeMap<>(Comparator.reverseOrder());
		for (int injector = 0; injector < this.generators.size(); injector++) {
			Generator generator = this.generators.get(injector);
			// Status 2 is Gatling's word for failed assertions, of which there are none
			// here.
			if (generator.waitFor(Duration.ZERO) && generator.exitValue() != 0) {
				failures.computeIfAbsent(generator.exitValue(), (status) -> new ArrayList<>())
					.add("%swith status %d; its last words:%n%s".formatted(who(injector), generator.exitValue(),
							generator.lastWords()));
			}
		}
		return failures.isEmpty() ? Optional.empty() : Optional
			.of(failures.values().stream().flatMap(List::stream).collect(Collectors.joining(System.lineSeparator())));
	}

	@Override
	public String lastWords() throws InterruptedException {
		List<Generator> running = new ArrayList<>();
		for (Generator generator : this.generators) {
			if (!generator.waitFor(Duration.ZERO)) {
				running.add(generator);
			}
		}
		return running.stream().map(Generator::lastWords).collect(Collectors.joining(System.lineSeparator()));
	}

	private String who(int injector) {
		return (this.generators.size() > 1) ? "as injector %d of %d ".formatted(injector, this.generators.size()) : "";
	}

	@Override
	public void close() {
		this.generators.forEach(Generator::close);
	}

}
