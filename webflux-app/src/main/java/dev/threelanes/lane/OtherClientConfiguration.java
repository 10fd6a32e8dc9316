package dev.threelanes.lane;

import org.eclipse.jetty.util.component.LifeCycle;

import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.HttpComponentsClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JettyClientHttpConnectorBuilder;
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
	ClientHttpConnectorBuilderCustomizer<JettyClientHttpConnectorBuilder> jetty(LaneProperties properties) {
		return (builder) -> builder.withHttpClientCustomizer((client) -> {
			client.setMaxConnectionsPerDestination(properties.downstream().maxConnections());
			client.setMaxRequestsQueuedPerDestination(Integer.MAX_VALUE);
			// By itself it would start within its first request, on an event loop.
			LifeCycle.start(client);
		});
	}

	@Bean
	ClientHttpConnectorBuilderCustomizer<HttpComponentsClientHttpConnectorBuilder> httpComponents(
			LaneProperties properties) {
		int most = properties.downstream().maxConnections();
		return (builder) -> builder.withConnectionManagerCustomizer(
				(connections) -> connections.setMaxConnTotal(most).setMaxConnPerRoute(most));
	}

}
