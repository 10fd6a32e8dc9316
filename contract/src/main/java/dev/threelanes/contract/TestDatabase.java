package dev.threelanes.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL on a port of its own, which can be stopped and started again.
 */
final class TestDatabase {

	private static final String OTHERS = """
			from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()""";

	private final int port = freePort();

	private @Nullable EmbeddedPostgres postgres;

	int port() {
		return this.port;
	}

	/**
	 * Starts it, unless it runs.
	 */
	void start() {
		if (this.postgres == null) {
			try {
				this.postgres = EmbeddedPostgres.builder().setPort(this.port).start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	/**
	 * Stops it, which closes all connections and refuses new ones.
	 */
	void stop() {
		EmbeddedPostgres running = this.postgres;
		this.postgres = null;
		try {
			if (running != null) {
				running.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Counts the connections of a lane.
	 * @return how many there are
	 */
	int connections() {
		return count("select count(*) " + OTHERS);
	}

	/**
	 * Counts the connections of a lane that wait for an answer.
	 * @return how many there are
	 */
	int queries() {
		return count("select count(*) " + OTHERS + " and state = 'active' and query like '%pg_sleep%'");
	}

	/**
	 * Closes the connections of a lane from this end.
	 * @return how many there were
	 */
	int closeConnections() {
		return count("select count(pg_terminate_backend(pid)) " + OTHERS);
	}

	private int count(String query) {
		EmbeddedPostgres running = this.postgres;
		if (running == null) {
			throw new IllegalStateException("Stopped");
		}
		try (Connection connection = running.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(query)) {
			result.next();
			return result.getInt(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
