package dev.threelanes.lane;

import java.time.Duration;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.ValidationDepth;
import reactor.core.publisher.Mono;

import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * The connections to the database. Stated in full, since the pools of the lanes have very
 * different defaults. They are opened with the first query and then kept.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!stock")
class DatabaseConfiguration {

	@Bean(destroyMethod = "dispose")
	ConnectionPool databasePool(LaneProperties properties, R2dbcConnectionDetails address) {
		LaneProperties.Query query = properties.query();
		ConnectionFactoryOptions database = address.getConnectionFactoryOptions()
			.mutate()
			.option(ConnectionFactoryOptions.CONNECT_TIMEOUT, query.connectTimeout())
			.option(ConnectionFactoryOptions.STATEMENT_TIMEOUT, query.statementTimeout())
			.build();
		return new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(database))
			.name("database")
			.maxSize(query.maxConnections())
			.initialSize(query.maxConnections())
			.maxIdleTime(Duration.ofMillis(-1))
			.maxAcquireTime(query.acquireTimeout())
			// Another try would wait as long again.
			.acquireRetry(0)
			.customizer((pool) -> pool.evictionPredicate((connection, use) -> !isOpen(connection)))
			.build());
	}

	private static boolean isOpen(Connection connection) {
		// Known at once, since an event loop sees its connections close.
		return Mono.from(connection.validate(ValidationDepth.LOCAL)).toFuture().getNow(false);
	}

}
