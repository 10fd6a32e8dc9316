package dev.threelanes.gatling;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

/**
 * Whether the generator itself got the processor when it wanted it. A thread asks to be
 * woken every 10 ms and notes how late it was, and what the collector has taken so far: a
 * generator that stumbles measures itself.
 */
final class Heartbeat implements AutoCloseable {

	/** How often it beats. */
	static final Duration PERIOD = Duration.ofMillis(10);

	private static final int SIGNIFICANT_DIGITS = 3;

	private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();

	private final List<Beat> beats = new ArrayList<>();

	private final Thread thread = Thread.ofPlatform().daemon().name("heartbeat").unstarted(this::run);

	private volatile boolean stopped;

	/**
	 * Starts to beat.
	 * @return the heartbeat
	 */
	static Heartbeat start() {
		Heartbeat heartbeat = new Heartbeat();
		heartbeat.thread.start();
		return heartbeat;
	}

	/**
	 * How late the beats of a stretch of time were. A beat that is late by several
	 * periods stands for those that it kept from happening too.
	 * @param fromNanos its begin, on the clock of {@link System#nanoTime()}
	 * @param toNanos its end
	 * @return the lateness, in microseconds
	 */
	synchronized Histogram lateness(long fromNanos, long toNanos) {
		Histogram lateness = new Histogram(SIGNIFICANT_DIGITS);
		for (Beat beat : this.beats) {
			if (beat.nanos() >= fromNanos && beat.nanos() <= toNanos) {
				lateness.recordValueWithExpectedInterval(beat.lateNanos() / 1000, PERIOD.toNanos() / 1000);
			}
		}
		return lateness;
	}

	/**
	 * What the collector took in a stretch of time.
	 * @param fromNanos its begin, on the clock of {@link System#nanoTime()}
	 * @param toNanos its end
	 * @return the time in collections, in milliseconds
	 */
	synchronized long collectionMillis(long fromNanos, long toNanos) {
		long before = 0;
		long after = 0;
		for (Beat beat : this.beats) {
			before = (beat.nanos() <= fromNanos) ? beat.collectionMillis() : before;
			after = (beat.nanos() <= toNanos) ? beat.collectionMillis() : after;
		}
		return after - before;
	}

	@Override
	public void close() {
		this.stopped = true;
		LockSupport.unpark(this.thread);
	}

	private void run() {
		long due = System.nanoTime();
		while (!this.stopped) {
			due += PERIOD.toNanos();
			long wait = due - System.nanoTime();
			while (wait > 0 && !this.stopped) {
				LockSupport.parkNanos(wait);
				wait = due - System.nanoTime();
			}
			long now = System.nanoTime();
			note(new Beat(now, now - due, collectionMillis()));
			// What was missed is not caught up with.
			due = Math.max(due, now);
		}
	}

	private synchronized void note(Beat beat) {
		this.beats.add(beat);
	}

	private long collectionMillis() {
		return this.collectors.stream()
			.mapToLong(GarbageCollectorMXBean::getCollectionTime)
			.filter((time) -> time > 0)
			.sum();
	}

	/**
	 * One beat.
	 *
	 * @param nanos when it came
	 * @param lateNanos how late that was
	 * @param collectionMillis the collector's time until then
	 */
	private record Beat(long nanos, long lateNanos, long collectionMillis) {
	}

}
