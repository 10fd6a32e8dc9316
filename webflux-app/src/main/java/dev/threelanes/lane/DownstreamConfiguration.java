package dev.threelanes.lane;

import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

/**
 * The connections to the slow service. Stated in full, since the client libraries of the
 * lanes have very different defaults.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!stock")
@ConditionalOnProperty(name = "lane.downstream.client", havingValue = "reactor")
class DownstreamConfiguration {

	@Bean(destroyMethod = "dispose")
	ConnectionProvider downstreamPool(LaneProperties properties, MeterRegistry registry) {
		LaneProperties.Downstream downstream = properties.downstream();
		return ConnectionProvider.builder("downstream")
			.maxConnections(downstream.maxConnections())
			// Callers wait in order, without a bound to their number.
			.pendingAcquireMaxCount(-1)
			.pendingAcquireTimeout(downstream.acquireTimeout())
			.lifo()
			.maxIdleTime(downstream.maxIdle())
			.evictInBackground(downstream.maxIdle())
			.metrics(true, () -> (name, id, address, pool) -> {
				gauge("active", pool, ConnectionPoolMetrics::acquiredSize).register(registry);
				gauge("idle", pool, ConnectionPoolMetrics::idleSize).register(registry);
				gauge("pending", pool, ConnectionPoolMetrics::pendingAcquireSize).register(registry);
			})
			.build();
	}

	@Bean
	HttpClient downstreamClient(LaneProperties properties, ConnectionProvider pool, ReactorResourceFactory resources) {
		LaneProperties.Downstream downstream = properties.downstream();
		return HttpClient.create(pool)
			// The server's loops too, as Spring Boot has it.
			.runOn(resources.getLoopResources())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(downstream.connectTimeout().toMillis()))
			.responseTimeout(downstream.responseTimeout())
			.disableRetry(true)
			.followRedirect(false)
			.compress(false);
	}

	@Bean
	WebClientCustomizer downstreamCustomizer(HttpClient client) {
		return (builder) -> builder.clientConnector(new ReactorClientHttpConnector(client));
	}

	@Bean
	Whoami.ClientLimits downstreamLimits(LaneProperties properties, ConnectionProvider pool, HttpClient client) {
		HttpClientConfig config = client.configuration();
		// The pool tells of its connections, but keeps its times to itself.
		LaneProperties.Downstream downstream = properties.downstream();
		return new Whoami.ClientLimits(pool.maxConnections(), downstream.acquireTimeout().toMillis(),
				(Integer) config.options().get(ChannelOption.CONNECT_TIMEOUT_MILLIS),
				config.responseTimeout().toMillis(), downstream.callTimeout().toMillis(),
				downstream.maxIdle().toMillis());
	}

	private static Gauge.Builder<?> gauge(String state, ConnectionPoolMetrics pool,
			ToIntFunction<ConnectionPoolMetrics> count) {
		return Gauge.builder("downstream.connections", pool, count::applyAsInt)
			.tag("state", state)
			.strongReference(true);
	}

}
