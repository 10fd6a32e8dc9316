package dev.threelanes.downstream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The proof that this service is as slow as it was asked to be and no slower: without it
 * a run could not tell a slow lane from a slow downstream.
 */
final class DelayMetrics {

	/**
	 * Upper bounds in milliseconds; asked and actual share them, to be set side by side.
	 */
	private static final double[] DELAY_BUCKETS = { 0.5, 1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 52.5, 60, 70, 80, 84, 90,
			100, 105, 110, 125, 150, 175, 200, 205, 210, 220, 250, 300, 350, 400, 450, 500, 505, 510, 525, 550, 600,
			700, 800, 900, 1000, 1010, 1025, 1050, 1100, 1250, 1500, 2000, 2100, 2500, 3000, 4000, 5000, 5100, 5250,
			6000, 8000, 10_000, 10_500, 12_500, 15_000, 20_000, 21_000, 25_000, 30_000, 45_000, 60_000, 63_000 };

	/** Upper bounds in milliseconds. */
	private static final double[] LATENESS_BUCKETS = { 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 10, 12.5, 15, 17.5, 20,
			25, 30, 40, 50, 75, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000 };

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final AtomicInteger inFlight = new AtomicInteger();

	private final Counter faults;

	private final Timer asked;

	private final Timer actual;

	private final Timer lateness;

	DelayMetrics() {
		Gauge.builder("downstream.requests.in.flight", this.inFlight, AtomicInteger::get)
			.description("Requests that wait for their delay to pass")
			.register(this.registry);
		this.faults = Counter.builder("downstream.faults")
			.description("Requests that met a fault on demand; no other figure of delays counts them")
			.register(this.registry);
		this.asked = timer("asked", "Delays asked for", DELAY_BUCKETS, this.registry);
		this.actual = timer("actual", "From the request decoded to the answer handed to the socket", DELAY_BUCKETS,
				this.registry);
		this.lateness = timer("lateness", "Actual less asked", LATENESS_BUCKETS, this.registry);
		new JvmMemoryMetrics().bindTo(this.registry);
		new JvmThreadMetrics().bindTo(this.registry);
		new ProcessorMetrics().bindTo(this.registry);
		new FileDescriptorMetrics().bindTo(this.registry);
		new UptimeMetrics().bindTo(this.registry);
	}

	private static Timer timer(String name, String description, double[] bucketsMillis, MeterRegistry registry) {
		return Timer.builder("downstream.delay." + name)
			.description(description)
			.serviceLevelObjectives(DoubleStream.of(bucketsMillis)
				.mapToObj((millis) -> Duration.ofNanos((long) (millis * 1_000_000)))
				.toArray(Duration[]::new))
			.register(registry);
	}

	void started() {
		this.inFlight.incrementAndGet();
	}

	void ended() {
		this.inFlight.decrementAndGet();
	}

	void faulted() {
		this.faults.increment();
	}

	void answered(int askedMs, long actualNanos) {
		long askedNanos = TimeUnit.MILLISECONDS.toNanos(askedMs);
		this.asked.record(askedNanos, TimeUnit.NANOSECONDS);
		this.actual.record(actualNanos, TimeUnit.NANOSECONDS);
		// A timer ignores what is negative, and every answer counts.
		this.lateness.record(Math.max(0, actualNanos - askedNanos), TimeUnit.NANOSECONDS);
	}

	String scrape() {
		return this.registry.scrape();
	}

}
