package dev.threelanes.lane;

import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * The pool of connections to the slow service. Stated in full, since the client libraries
 * of the lanes have very different defaults.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!stock")
class DownstreamConfiguration {

	@Bean
	ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> downstreamPool(
			LaneProperties properties) {
		LaneProperties.Downstream downstream = properties.downstream();
		Timeout acquireTimeout = Timeout.of(downstream.acquireTimeout());
		Timeout maxIdle = Timeout.of(downstream.maxIdle());
		return (builder) -> builder
			.withConnectionManagerCustomizer((pool) -> pool.setMaxConnTotal(downstream.maxConnections())
				.setMaxConnPerRoute(downstream.maxConnections())
				// Callers wait in order, as they do in the other client's pool.
				.setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT))
			.withConnectionConfigCustomizer((connection) -> connection.setIdleTimeout(maxIdle)
				.setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND))
			.withDefaultRequestConfigCustomizer((request) -> request.setConnectionRequestTimeout(acquireTimeout))
			.withHttpClientCustomizer((client) -> client.evictIdleConnections(maxIdle)
				.disableAutomaticRetries()
				.disableCookieManagement()
				.disableAuthCaching()
				.disableContentCompression());
	}

}
