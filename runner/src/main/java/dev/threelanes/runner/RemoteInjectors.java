package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.threelanes.report.cell.CellFiles;

/**
 * Injectors on other machines that share the load of a cell: an order is placed, and
 * their records are taken when all have come.
 */
final class RemoteInjectors implements CellLoad {

	private static final long LOOK_AGAIN_MILLIS = 100;

	private final Exchange exchange;

	private final int number;

	private final int injectors;

	private final CellFiles files;

	private boolean taken;

	private RemoteInjectors(Exchange exchange, int number, int injectors, CellFiles files) {
		this.exchange = exchange;
		this.number = number;
		this.injectors = injectors;
		this.files = files;
	}

	/**
	 * Asks for the load of a cell.
	 * @param exchange where business is done
	 * @param number the order's number
	 * @param order what to do
	 * @param injectors how many injectors share the load
	 * @param lane the lane's addresses, as the injectors reach it
	 * @param files where the records go
	 * @return the injectors
	 * @throws RunFailure if the order cannot be placed
	 */
	static RemoteInjectors start(Exchange exchange, int number, Generator.Order order, int injectors, List<URI> lane,
			CellFiles files) {
		try {
			exchange.place(number, LoadOrder.of(order, injectors, lane));
			return new RemoteInjectors(exchange, number, injectors, files);
		}
		catch (IOException ex) {
			throw new RunFailure("The order of a load cannot be written to %s: %s".formatted(exchange.folder(), ex),
					ex);
		}
	}

	@Override
	public List<Long> pids() {
		return List.of();
	}

	@Override
	public boolean waitFor(Duration timeout) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (true) {
			if (failure().isPresent()) {
				return true;
			}
			if (missing().isEmpty()) {
				take();
				return true;
			}
			if (System.nanoTime() >= deadline) {
				return false;
			}
			Thread.sleep(LOOK_AGAIN_MILLIS);
		}
	}

	@Override
	public Optional<String> failure() {
		List<String> failures = new ArrayList<>();
		try {
			for (int injector = 0; injector < this.injectors; injector++) {
				String who = "as injector %d of %d ".formatted(injector, this.injectors);
				this.exchange.failure(this.number, injector).map(who::concat).ifPresent(failures::add);
			}
		}
		catch (IOException ex) {
			failures.add("as nobody knows: " + ex);
		}
		return failures.isEmpty() ? Optional.empty() : Optional.of(String.join(System.lineSeparator(), failures));
	}

	@Override
	public String lastWords() {
		return "no record came of the injectors " + missing();
	}

	@Override
	public void close() {
		// They end by themselves: when their load does, or when no more orders come.
	}

	private List<Integer> missing() {
		List<Integer> missing = new ArrayList<>();
		for (int injector = 0; !this.taken && injector < this.injectors; injector++) {
			if (!this.exchange.isDelivered(this.number, injector)) {
				missing.add(injector);
			}
		}
		return missing;
	}

	private void take() {
		if (this.taken) {
			return;
		}
		try {
			for (int injector = 0; injector < this.injectors; injector++) {
				this.exchange.take(this.number, injector, this.files.injector(injector).folder());
			}
			this.taken = true;
		}
		catch (IOException ex) {
			throw new RunFailure(
					"The records of injectors cannot be taken from %s: %s".formatted(this.exchange.folder(), ex), ex);
		}
	}

}
