package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.threelanes.report.cell.Json;

/**
 * The folder through which a run and injectors on other machines do business: all of them
 * see it, none of them calls another. Whatever appears in it appears whole, by rename.
 * The run places orders, numbered from 1, each in a folder of its own; there every
 * injector leaves its record, or why there is none; and a last file says that no more
 * orders come.
 *
 * @param folder the folder
 */
record Exchange(Path folder) {

	private static final String END = "end";

	private static final String PRESENT = "present";

	private static final long LOOK_AGAIN_MILLIS = 200;

	/**
	 * Begins a run's business.
	 * @throws RunFailure if somebody did business here before, which would be mistaken
	 * for this run's
	 */
	void open() {
		try {
			Files.createDirectories(this.folder);
			try (Stream<Path> files = Files.list(this.folder)) {
				// Injectors may come before the run.
				if (files.anyMatch((file) -> !file.endsWith(PRESENT))) {
					throw new RunFailure(
							"%s holds the orders of another run: choose an empty folder".formatted(this.folder));
				}
			}
		}
		catch (IOException ex) {
			throw new RunFailure("The folder %s cannot be made: %s".formatted(this.folder, ex), ex);
		}
	}

	/**
	 * Says that an injector is here and waits for orders.
	 * @param injector its number, from 0
	 * @throws IOException if it cannot be written
	 */
	void announce(int injector) throws IOException {
		Files.createDirectories(this.folder.resolve(PRESENT));
		Files.write(presence(injector), List.of());
	}

	/**
	 * Waits until all injectors are here, so that none is still on its way when a load
	 * begins.
	 * @param injectors how many share every load
	 * @param patience for how long at most
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if one does not come in time
	 */
	void awaitInjectors(int injectors, Duration patience) throws InterruptedException {
		long deadline = System.nanoTime() + patience.toNanos();
		for (int injector = 0; injector < injectors; injector++) {
			while (!Files.exists(presence(injector))) {
				if (System.nanoTime() > deadline) {
					throw new RunFailure("Injector %d of %d did not come to %s within %d s".formatted(injector,
							injectors, this.folder, patience.toSeconds()));
				}
				Thread.sleep(LOOK_AGAIN_MILLIS);
			}
		}
	}

	private Path presence(int injector) {
		return this.folder.resolve(PRESENT).resolve(Integer.toString(injector));
	}

	/**
	 * Places an order.
	 * @param number its number, one more than that of the last
	 * @param order what to do
	 * @throws IOException if it cannot be written
	 */
	void place(int number, LoadOrder order) throws IOException {
		Files.createDirectories(folder(number));
		Json.write(file(number), order);
	}

	/**
	 * Looks for an order.
	 * @param number its number
	 * @return the order, or nothing if it has not been placed yet
	 * @throws IOException if it cannot be read
	 */
	Optional<LoadOrder> order(int number) throws IOException {
		return Files.exists(file(number)) ? Optional.of(Json.read(file(number), LoadOrder.class, LoadOrder.SCHEMA))
				: Optional.empty();
	}

	/**
	 * Where an injector writes its record while it is not complete.
	 * @param number the order's number
	 * @param injector the injector's number, from 0
	 * @return the folder
	 */
	Path draft(int number, int injector) {
		return folder(number).resolve("." + injector);
	}

	/**
	 * Where an injector writes what it says.
	 * @param number the order's number
	 * @param injector the injector's number, from 0
	 * @return the file
	 */
	Path log(int number, int injector) {
		return folder(number).resolve(injector + ".log");
	}

	/**
	 * Hands a record over.
	 * @param number the order's number
	 * @param injector the injector's number, from 0
	 * @throws IOException if it cannot be moved
	 */
	void deliver(int number, int injector) throws IOException {
		move(draft(number, injector), delivery(number, injector));
	}

	/**
	 * Whether an injector has handed its record over.
	 * @param number the order's number
	 * @param injector the injector's number, from 0
	 * @return {@code true} if so
	 */
	boolean isDelivered(int number, int injector) {
		return Files.isDirectory(delivery(number, injector));
	}

	/**
	 * Takes a record that was handed over.
	 * @param number the order's number
	 * @param injector the injector's number, from 0
	 * @param place where it shall be
	 * @throws IOException if it cannot be moved
	 */
	void take(int number, int injector, Path place) throws IOException {
		Path parent = place.getParent();
		if (parent != null) {
			Files.createDirectories(parent);
		}
		move(delivery(number, injector), place);
	}

	/**
	 * Says that there will be no record.
	 * @param number the order's number
	 * @param injector the injector's number, from 0
	 * @param why why not
	 * @throws IOException if it cannot be written
	 */
	void fail(int number, int injector, String why) throws IOException {
		Path draft = folder(number).resolve("." + injector + ".failed");
		Files.writeString(draft, why);
		move(draft, failureFile(number, injector));
	}

	/**
	 * Why there is no record of an injector.
	 * @param number the order's number
	 * @param injector the injector's number, from 0
	 * @return why not, or nothing if it has not failed
	 * @throws IOException if it cannot be read
	 */
	Optional<String> failure(int number, int injector) throws IOException {
		Path file = failureFile(number, injector);
		return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
	}

	/**
	 * Says that no more orders come.
	 * @throws IOException if it cannot be written
	 */
	void end() throws IOException {
		Files.write(this.folder.resolve(END), List.of());
	}

	/**
	 * Whether no more orders come.
	 * @return {@code true} if so
	 */
	boolean ended() {
		return Files.exists(this.folder.resolve(END));
	}

	private Path folder(int number) {
		return this.folder.resolve("%04d".formatted(number));
	}

	private Path file(int number) {
		return folder(number).resolve("order.json");
	}

	private Path delivery(int number, int injector) {
		return folder(number).resolve(Integer.toString(injector));
	}

	private Path failureFile(int number, int injector) {
		return folder(number).resolve(injector + ".failed");
	}

	private static void move(Path from, Path to) throws IOException {
		try {
			Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (AtomicMoveNotSupportedException ex) {
			throw new IOException("%s and %s are not on one volume".formatted(from, to), ex);
		}
	}

}
