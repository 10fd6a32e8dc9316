package dev.threelanes.runner;

import java.io.IOException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The program of a PostgreSQL that needs no installation, on this machine only: starts
 * it, says so, and ends it with itself.
 */
final class DatabaseServer {

	/** What it says when queries can be asked. */
	static final String READY = "PostgreSQL is ready";

	private DatabaseServer() {
	}

	/**
	 * Runs until the process is asked to end.
	 * @param args the port, and the most connections
	 * @throws IOException if it cannot be started
	 * @throws InterruptedException never
	 */
	static void main(String[] args) throws IOException, InterruptedException {
		// Durability costs time and is not what the lanes are asked about; the library
		// ends the server when this JVM ends.
		try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
			.setPort(Integer.parseInt(args[0]))
			.setServerConfig("max_connections", args[1])
			.start()) {
			System.out.printf("%s on port %d%n", READY, postgres.getPort());
			Thread.currentThread().join();
		}
	}

}
