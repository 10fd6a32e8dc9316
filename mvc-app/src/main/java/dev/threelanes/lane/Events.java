package dev.threelanes.lane;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/**
 * The callers who wait for an event, in order of arrival. Here each of them is a thread
 * that sleeps on a condition.
 * <p>
 * A caller who goes away is not noticed: a sleeping thread does not read from its
 * connection, so that its place is freed when its time is up, and a wake-up may be spent
 * on it until then. An event loop notices at once.
 */
@Component
class Events {

	private final Lock lock = new ReentrantLock();

	private final SequencedSet<Waiter> waiters = new LinkedHashSet<>();

	private int wakeUps;

	Events(MeterRegistry registry) {
		registry.gauge("lane.events.waiting", this, Events::waiting);
	}

	/**
	 * Waits for an event.
	 * @param timeout how long
	 * @return the event, or nothing when the time is up
	 * @throws InterruptedException if the lane is stopped meanwhile
	 */
	Optional<EventAnswer> next(Duration timeout) throws InterruptedException {
		this.lock.lockInterruptibly();
		Waiter waiter = new Waiter(this.lock.newCondition());
		this.waiters.addLast(waiter);
		try {
			long nanos = timeout.toNanos();
			while (waiter.event == null && nanos > 0) {
				nanos = waiter.woken.awaitNanos(nanos);
			}
			// Who is woken as its time runs out has been woken: the lock decides.
			return Optional.ofNullable(waiter.event);
		}
		finally {
			this.waiters.remove(waiter);
			this.lock.unlock();
		}
	}

	/**
	 * Wakes those who wait now, the first to come first.
	 * @param most how many at most
	 * @return the event, and how many were woken
	 */
	WakeAnswer wake(int most) {
		this.lock.lock();
		try {
			EventAnswer event = new EventAnswer(++this.wakeUps);
			int woken = Math.min(most, this.waiters.size());
			for (int i = 0; i < woken; i++) {
				this.waiters.removeFirst().wake(event);
			}
			return new WakeAnswer(event.event(), woken);
		}
		finally {
			this.lock.unlock();
		}
	}

	private int waiting() {
		this.lock.lock();
		try {
			return this.waiters.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A caller who waits. Guarded by the lock.
	 */
	private static final class Waiter {

		private final Condition woken;

		private EventAnswer event;

		Waiter(Condition woken) {
			this.woken = woken;
		}

		void wake(EventAnswer by) {
			this.event = by;
			this.woken.signal();
		}

	}

}
