package dev.threelanes.lane;

import java.time.Duration;
import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.InstrumentedPool.PoolMetrics;
import reactor.pool.PoolAcquireTimeoutException;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

import org.springframework.stereotype.Component;

/**
 * A few permits for many callers, who wait for one in the order that they came.
 */
@Component
class Permits implements MeterBinder {

	private final int count;

	private final Duration acquireTimeout;

	private final InstrumentedPool<Object> pool;

	Permits(LaneProperties properties) {
		this.count = properties.limited().permits();
		this.acquireTimeout = properties.limited().acquireTimeout();
		this.pool = PoolBuilder.from(Mono.fromSupplier(Object::new))
			.sizeBetween(0, this.count)
			.maxPendingAcquireUnbounded()
			.buildPool();
	}

	/**
	 * Does something that needs a permit.
	 * @param <T> the type of its result
	 * @param work what to do
	 * @return its result, or a {@link NotAdmittedException} if there was no permit in
	 * time
	 */
	<T> Mono<T> with(Mono<T> work) {
		return Mono.usingWhen(this.pool.acquire(this.acquireTimeout), (permit) -> work, PooledRef::release)
			.onErrorMap(PoolAcquireTimeoutException.class, NotAdmittedException::new);
	}

	int count() {
		return this.count;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge("free", (permits) -> this.count - permits.acquiredSize()).register(registry);
		gauge("taken", PoolMetrics::acquiredSize).register(registry);
		gauge("waiting", PoolMetrics::pendingAcquireSize).register(registry);
	}

	private Gauge.Builder<?> gauge(String state, ToIntFunction<PoolMetrics> count) {
		return Gauge.builder("lane.permits", this.pool, (it) -> count.applyAsInt(it.metrics())).tag("state", state);
	}

}
