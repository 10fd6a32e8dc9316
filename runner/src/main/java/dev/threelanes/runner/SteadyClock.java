package dev.threelanes.runner;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The wall clock as it stood at one moment, and from then on nothing but the time that
 * passed. Whoever sets the wall clock meanwhile, a person, a time server or a host that
 * woke up, shifts no moment of what is measured; that it was set can be told.
 */
final class SteadyClock implements InstantSource {

	/** What may be two readings that lay apart, not a clock that was set. */
	private static final Duration LEAST = Duration.ofSeconds(1);

	/** A time server lets a clock run 0.05 % faster or slower at most. */
	private static final int DRIFT_PARTS = 1000;

	private final InstantSource wall;

	private final LongSupplier nanos;

	private final Instant zero;

	private final long zeroNanos;

	/**
	 * Reads the wall clock.
	 * @param wall the wall clock
	 * @param nanos the time that passes, in nanoseconds from any zero
	 */
	SteadyClock(InstantSource wall, LongSupplier nanos) {
		this.wall = wall;
		this.nanos = nanos;
		this.zeroNanos = nanos.getAsLong();
		this.zero = wall.instant();
	}

	/**
	 * Reads the wall clock.
	 * @param wall the wall clock
	 * @return a clock that goes on from there with {@link System#nanoTime()}
	 */
	static SteadyClock from(InstantSource wall) {
		return new SteadyClock(wall, System::nanoTime);
	}

	@Override
	public Instant instant() {
		return this.zero.plus(passed());
	}

	/**
	 * By how much the wall clock was set since this one began.
	 * @return forward, or back if it is negative; nothing if both went alike but for what
	 * clocks drift
	 */
	Optional<Duration> set() {
		Duration shift = Duration.between(instant(), this.wall.instant());
		return (shift.abs().compareTo(LEAST.plus(passed().dividedBy(DRIFT_PARTS))) > 0) ? Optional.of(shift)
				: Optional.empty();
	}

	private Duration passed() {
		return Duration.ofNanos(this.nanos.getAsLong() - this.zeroNanos);
	}

}
