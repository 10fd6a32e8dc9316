package dev.threelanes.lane;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The database, as this lane asks it.
 */
@Component
class Database {

	/** What PostgreSQL answers when it has ended a statement that took too long. */
	private static final String QUERY_CANCELED = "57014";

	private final JdbcClient client;

	private final HikariDataSource pool;

	Database(JdbcClient client, HikariDataSource pool) {
		this.client = client;
		this.pool = pool;
	}

	/**
	 * Asks for nothing, slowly.
	 * @param delayMs how long the database shall take, in milliseconds
	 * @return the answer
	 * @throws DownstreamException if there is none
	 */
	QueryAnswer query(int delayMs) {
		try {
			this.client.sql("select pg_sleep(:seconds)").param("seconds", delayMs / 1000.0).query((row) -> {
			});
		}
		catch (DataAccessException ex) {
			throw new DownstreamException(status(NestedExceptionUtils.getMostSpecificCause(ex)), ex);
		}
		return new QueryAnswer(delayMs);
	}

	/**
	 * The limit of the pool in force, whether or not it has been opened.
	 * @return the most connections
	 */
	int maxConnections() {
		return this.pool.getMaximumPoolSize();
	}

	private static HttpStatus status(Throwable cause) {
		return switch (cause) {
			// It has a cause if no connection can be made, and none if all are in use.
			case SQLTransientConnectionException ex -> HttpStatus.SERVICE_UNAVAILABLE;
			case SQLException ex when QUERY_CANCELED.equals(ex.getSQLState()) -> HttpStatus.GATEWAY_TIMEOUT;
			default -> HttpStatus.BAD_GATEWAY;
		};
	}

}
