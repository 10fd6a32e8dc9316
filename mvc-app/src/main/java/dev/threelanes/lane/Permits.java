package dev.threelanes.lane;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;

/**
 * A few permits for many callers, who wait for one in the order that they came.
 */
@Component
class Permits implements MeterBinder {

	private final int count;

	private final Duration acquireTimeout;

	private final Semaphore semaphore;

	Permits(LaneProperties properties) {
		this.count = properties.limited().permits();
		this.acquireTimeout = properties.limited().acquireTimeout();
		this.semaphore = new Semaphore(this.count, true);
	}

	/**
	 * Does something that needs a permit.
	 * @param <T> the type of its result
	 * @param work what to do
	 * @return its result
	 * @throws NotAdmittedException if there was no permit in time
	 */
	<T> T with(Supplier<T> work) {
		acquire();
		try {
			return work.get();
		}
		finally {
			this.semaphore.release();
		}
	}

	int count() {
		return this.count;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge("free", Semaphore::availablePermits).register(registry);
		gauge("taken", (permits) -> this.count - permits.availablePermits()).register(registry);
		gauge("waiting", Semaphore::getQueueLength).register(registry);
	}

	private void acquire() {
		try {
			if (!this.semaphore.tryAcquire(this.acquireTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
				throw new NotAdmittedException(null);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new NotAdmittedException(ex);
		}
	}

	private Gauge.Builder<?> gauge(String state, ToIntFunction<Semaphore> count) {
		return Gauge.builder("lane.permits", this.semaphore, count::applyAsInt).tag("state", state);
	}

}
