package dev.threelanes.lane;

import java.util.concurrent.TimeoutException;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.spi.R2dbcException;
import reactor.core.publisher.Mono;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The database, as this lane asks it.
 */
@Component
class Database {

	/** What PostgreSQL answers when it has ended a statement that took too long. */
	private static final String QUERY_CANCELED = "57014";

	private final DatabaseClient client;

	private final ConnectionPool pool;

	Database(DatabaseClient client, ConnectionPool pool) {
		this.client = client;
		this.pool = pool;
	}

	/**
	 * Asks for nothing, slowly.
	 * @param delayMs how long the database shall take, in milliseconds
	 * @return the answer, or a {@link DownstreamException} if there is none
	 */
	Mono<QueryAnswer> query(int delayMs) {
		return this.client.sql("select pg_sleep(:seconds)")
			.bind("seconds", delayMs / 1000.0)
			.then()
			.onErrorMap((ex) -> new DownstreamException(status(NestedExceptionUtils.getMostSpecificCause(ex)), ex))
			.thenReturn(new QueryAnswer(delayMs))
			// Like a thread, a query runs to its end even if its caller goes away: once
			// cancelled, it gives back a connection that the database still works on.
			.cache();
	}

	/**
	 * The limit of the pool in force, whether or not it has been opened.
	 * @return the most connections
	 */
	int maxConnections() {
		return this.pool.getMetrics().map(PoolMetrics::getMaxAllocatedSize).orElseThrow();
	}

	private static HttpStatus status(Throwable cause) {
		return switch (cause) {
			// Only waiting for a connection ends with this one.
			case TimeoutException ex -> HttpStatus.SERVICE_UNAVAILABLE;
			case R2dbcException ex when QUERY_CANCELED.equals(ex.getSqlState()) -> HttpStatus.GATEWAY_TIMEOUT;
			default -> HttpStatus.BAD_GATEWAY;
		};
	}

}
