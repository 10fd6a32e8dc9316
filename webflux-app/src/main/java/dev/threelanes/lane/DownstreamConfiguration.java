package dev.threelanes.lane;

import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
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

	@Bean(destroyMethod = "dispose")
	ConnectionProvider downstreamPool(LaneProperties properties) {
		LaneProperties.Downstream downstream = properties.downstream();
		return ConnectionProvider.builder("downstream")
			.maxConnections(downstream.maxConnections())
			// Callers wait in order and without a bound to their number, as they do in
			// the other client's pool.
			.pendingAcquireMaxCount(-1)
			.pendingAcquireTimeout(downstream.acquireTimeout())
			.maxIdleTime(downstream.maxIdle())
			.evictInBackground(downstream.maxIdle())
			.lifo()
			.build();
	}

	@Bean
	ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> downstreamClient(
			ConnectionProvider downstreamPool) {
		return (builder) -> builder.withHttpClientFactory(() -> HttpClient.create(downstreamPool))
			.withHttpClientCustomizer((client) -> client.disableRetry(true));
	}

}
