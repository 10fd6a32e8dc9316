package dev.threelanes.lane;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.annotation.PreDestroy;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * The connections to the slow service. Stated in full, since the client libraries of the
 * lanes have very different defaults.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!stock")
@ConditionalOnProperty(name = "lane.downstream.client", havingValue = "http-components")
class DownstreamConfiguration {

	/** As much as Spring's decoders hold by default on an event loop. */
	private static final int MAX_BODY_BYTES = 256 * 1024;

	/** Each connection has three of them; longer answers come in pieces. */
	private static final int BUFFER_BYTES = 1024;

	private final ScheduledThreadPoolExecutor watchman = watchman();

	@Bean
	ConnectionConfig downstreamConnections(LaneProperties properties) {
		LaneProperties.Downstream downstream = properties.downstream();
		return ConnectionConfig.custom()
			.setConnectTimeout(Timeout.of(downstream.connectTimeout()))
			// Watched elsewhere: a virtual thread pays for each read that has a limit.
			.setSocketTimeout(Timeout.DISABLED)
			.setIdleTimeout(Timeout.of(downstream.maxIdle()))
			// An event loop sees at once that an idle connection was closed; here it has
			// to be looked at, which costs little if a busy one is not.
			.setValidateAfterInactivity(TimeValue.ofSeconds(1))
			.build();
	}

	@Bean
	PoolingHttpClientConnectionManager downstreamPool(LaneProperties properties, ConnectionConfig connections) {
		return PoolingHttpClientConnectionManagerBuilder.create()
			.setMaxConnTotal(properties.downstream().maxConnections())
			.setMaxConnPerRoute(properties.downstream().maxConnections())
			// Callers wait in order, without a bound to their number.
			.setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
			.setConnPoolPolicy(PoolReusePolicy.LIFO)
			.setDefaultConnectionConfig(connections)
			.setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
				.http1Config(Http1Config.custom().setBufferSize(BUFFER_BYTES).build())
				.build())
			.build();
	}

	@Bean
	CloseableHttpClient downstreamClient(LaneProperties properties, PoolingHttpClientConnectionManager pool) {
		LaneProperties.Downstream downstream = properties.downstream();
		return HttpClients.custom()
			.setConnectionManager(pool)
			.setDefaultRequestConfig(
					RequestConfig.custom().setConnectionRequestTimeout(Timeout.of(downstream.acquireTimeout())).build())
			.evictIdleConnections(Timeout.of(downstream.maxIdle()))
			.disableAutomaticRetries()
			.disableRedirectHandling()
			.disableCookieManagement()
			.disableAuthCaching()
			.disableContentCompression()
			.addExecInterceptorFirst("watch", (request, scope, chain) -> call(downstream, request, scope, chain))
			.build();
	}

	@Bean
	RestClientCustomizer downstreamCustomizer(CloseableHttpClient client) {
		return (builder) -> builder.requestFactory(new HttpComponentsClientHttpRequestFactory(client));
	}

	@Bean
	Whoami.ClientLimits downstreamLimits(LaneProperties properties, PoolingHttpClientConnectionManager pool,
			CloseableHttpClient client, ConnectionConfig connections) {
		RequestConfig request = ((Configurable) client).getConfig();
		return new Whoami.ClientLimits(Math.min(pool.getMaxTotal(), pool.getDefaultMaxPerRoute()),
				request.getConnectionRequestTimeout().toMilliseconds(),
				connections.getConnectTimeout().toMilliseconds(), properties.downstream().responseTimeout().toMillis(),
				properties.downstream().callTimeout().toMillis(), connections.getIdleTimeout().toMilliseconds());
	}

	@Bean
	MeterBinder downstreamMetrics(PoolingHttpClientConnectionManager pool) {
		return (registry) -> {
			gauge("active", pool, PoolStats::getLeased).register(registry);
			gauge("idle", pool, PoolStats::getAvailable).register(registry);
			gauge("pending", pool, PoolStats::getPending).register(registry);
		};
	}

	@PreDestroy
	void end() {
		this.watchman.shutdownNow();
	}

	private ClassicHttpResponse call(LaneProperties.Downstream downstream, ClassicHttpRequest request,
			ExecChain.Scope scope, ExecChain chain) throws IOException, HttpException {
		Watch watch = new Watch(scope, downstream);
		Future<?> looks = this.watchman.scheduleWithFixedDelay(watch, watch.every, watch.every, TimeUnit.NANOSECONDS);
		try {
			ClassicHttpResponse response = chain.proceed(request, scope);
			// Read here, where it is timed, and no more of it than an event loop would.
			HttpEntity body = response.getEntity();
			if (body != null) {
				byte[] bytes = body.getContent().readNBytes(most(body.getContentLength()) + 1);
				if (bytes.length > MAX_BODY_BYTES) {
					scope.execRuntime.discardEndpoint();
					throw new IOException("The answer is too long");
				}
				response.setEntity(new ByteArrayEntity(bytes, ContentType.parseLenient(body.getContentType())));
			}
			return response;
		}
		catch (IOException ex) {
			throw watch.late ? new SocketTimeoutException("The call took too long") : ex;
		}
		finally {
			looks.cancel(false);
		}
	}

	// Its thread sleeps until the first look is due. A future's own time limit would wake
	// one as each call begins and again as it ends.
	private static ScheduledThreadPoolExecutor watchman() {
		ScheduledThreadPoolExecutor watchman = new ScheduledThreadPoolExecutor(1,
				Thread.ofPlatform().name("watch").daemon().factory());
		// Nearly all calls end in time.
		watchman.setRemoveOnCancelPolicy(true);
		return watchman;
	}

	// Room is made for what will come; without a length that would be for 16 KB. One byte
	// more is asked for, since a connection is free only when its end was seen.
	private static int most(long length) {
		return (length >= 0) ? (int) Math.min(length, MAX_BODY_BYTES) : MAX_BODY_BYTES;
	}

	private static Gauge.Builder<?> gauge(String state, PoolingHttpClientConnectionManager pool,
			ToIntFunction<PoolStats> count) {
		return Gauge.builder("downstream.connections", pool, (it) -> count.applyAsInt(it.getTotalStats()))
			.tag("state", state);
	}

	/**
	 * Ends a call that takes too long in all, or whose server says nothing for too long:
	 * by a fiftieth of the shorter limit later than that.
	 */
	private static final class Watch implements Runnable {

		private final ExecChain.Scope scope;

		private final long every;

		private final long maxSilence;

		private final long maxLength;

		private final long begin = System.nanoTime();

		private long received = -1;

		private long heard = this.begin;

		private volatile boolean late;

		Watch(ExecChain.Scope scope, LaneProperties.Downstream downstream) {
			this.scope = scope;
			this.maxSilence = downstream.responseTimeout().toNanos();
			this.maxLength = downstream.callTimeout().toNanos();
			this.every = Math.min(this.maxSilence, this.maxLength) / 50;
		}

		@Override
		public void run() {
			long now = System.nanoTime();
			// Who waits for a connection has none, and has limits of its own.
			EndpointDetails connection = this.scope.clientContext.getEndpointDetails();
			if (connection == null || connection.getReceivedBytesCount() != this.received) {
				this.heard = now;
				this.received = (connection != null) ? connection.getReceivedBytesCount() : -1;
			}
			if (now - this.heard >= this.maxSilence || now - this.begin >= this.maxLength) {
				this.late = true;
				((Cancellable) this.scope.originalRequest).cancel();
			}
		}

	}

}
