package dev.threelanes.lane;

import java.time.Duration;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.stereotype.Component;

/**
 * The callers who wait for an event, in order of arrival. Here each of them is a
 * subscription to a sink.
 * <p>
 * A caller who goes away is noticed: the event loop sees its connection close and cancels
 * the subscription, which frees its place at once, and no wake-up is spent on it. A
 * sleeping thread would not notice.
 */
@Component
class Events {

	private final ConcurrentNavigableMap<Long, Waiter> waiters = new ConcurrentSkipListMap<>();

	private final AtomicLong arrivals = new AtomicLong();

	private final AtomicInteger wakeUps = new AtomicInteger();

	Events(MeterRegistry registry) {
		registry.gauge("lane.events.waiting", this.waiters, ConcurrentNavigableMap::size);
	}

	/**
	 * Waits for an event.
	 * @param timeout how long
	 * @return the event, or nothing when the time is up
	 */
	Mono<EventAnswer> next(Duration timeout) {
		return Mono.using(this::arrive, (waiter) -> waiter.event(timeout), this::leave)
			// Or else the one loop that wakes them would write all their answers.
			.publishOn(Schedulers.parallel());
	}

	/**
	 * Wakes those who wait now, the first to come first.
	 * @param most how many at most
	 * @return the event, and how many were woken
	 */
	WakeAnswer wake(int most) {
		// There is no lock, so that whoever is woken may be back before the last one is.
		long last = this.arrivals.get();
		EventAnswer event = new EventAnswer(this.wakeUps.incrementAndGet());
		int woken = 0;
		for (Waiter waiter : this.waiters.headMap(last, true).values()) {
			if (woken == most) {
				break;
			}
			if (waiter.wake(event)) {
				woken++;
			}
		}
		return new WakeAnswer(event.event(), woken);
	}

	private Waiter arrive() {
		Waiter waiter = new Waiter(this.arrivals.incrementAndGet(), Sinks.one());
		this.waiters.put(waiter.place, waiter);
		return waiter;
	}

	private void leave(Waiter waiter) {
		this.waiters.remove(waiter.place);
		waiter.giveUp();
	}

	/**
	 * A caller who waits. A sink ends once only, which decides between those who would
	 * end it.
	 *
	 * @param place the place in order of arrival
	 * @param sink where the event arrives
	 */
	private record Waiter(long place, Sinks.One<EventAnswer> sink) {

		Mono<EventAnswer> event(Duration timeout) {
			// Who is woken as its time runs out has been woken.
			return this.sink.asMono().timeout(timeout, Mono.defer(() -> {
				giveUp();
				return this.sink.asMono();
			}));
		}

		boolean wake(EventAnswer by) {
			return this.sink.tryEmitValue(by).isSuccess();
		}

		void giveUp() {
			this.sink.tryEmitEmpty();
		}

	}

}
