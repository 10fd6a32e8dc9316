package dev.threelanes.lane;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
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

	@Bean
	HikariDataSource databasePool(LaneProperties properties, DataSourceProperties address) {
		LaneProperties.Query query = properties.query();
		HikariDataSource pool = address.initializeDataSourceBuilder().type(HikariDataSource.class).build();
		pool.setPoolName("database");
		pool.setMaximumPoolSize(query.maxConnections());
		pool.setMinimumIdle(query.maxConnections());
		pool.setMaxLifetime(0);
		pool.setKeepaliveTime(0);
		pool.setConnectionTimeout(query.acquireTimeout().toMillis());
		// Otherwise, without a database, callers would try to open the pool one after the
		// other, a second each.
		pool.setInitializationFailTimeout(-1);
		pool.addDataSourceProperty("connectTimeout", query.connectTimeout().toSeconds());
		pool.addDataSourceProperty("options", "-c statement_timeout=" + query.statementTimeout().toMillis());
		return pool;
	}

}
