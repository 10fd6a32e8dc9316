package dev.threelanes.lane;

import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.http.client.JettyClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ReactorClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Another client library in the place of this lane's own, as Spring Boot sets it up: to
 * be compared. Only the bounds to the number of connections are lifted to those of the
 * lane; the JDK's client has none.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!stock")
class OtherClientConfiguration {

	@Bean
	ClientHttpRequestFactoryBuilderCustomizer<JettyClientHttpRequestFactoryBuilder> jetty(LaneProperties properties) {
		return (builder) -> builder.withHttpClientCustomizer((client) -> {
			client.setMaxConnectionsPerDestination(properties.downstream().maxConnections());
			client.setMaxRequestsQueuedPerDestination(Integer.MAX_VALUE);
		});
	}

	@Bean
	ClientHttpRequestFactoryBuilderCustomizer<ReactorClientHttpRequestFactoryBuilder> reactor(
			LaneProperties properties) {
		return (builder) -> builder
			.withHttpClientFactory(() -> HttpClient.create(ConnectionProvider.builder("downstream")
				.maxConnections(properties.downstream().maxConnections())
				.pendingAcquireMaxCount(-1)
				.build()));
	}

}
