package dev.threelanes.downstream;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The fault that is on at the moment, if any. It meets requests that arrive while it
 * lasts: what arrived before is answered as if nothing had happened.
 */
final class Faults {

	private final LongSupplier nanoTime;

	private volatile @Nullable Active active;

	Faults(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Begins to fail, in place of what went wrong before.
	 * @param fault how and for how long
	 */
	void begin(FaultRequest fault) {
		this.active = new Active(fault, this.nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(fault.forMs()),
				new AtomicLong());
	}

	/**
	 * Ends whatever is on.
	 */
	void end() {
		this.active = null;
	}

	/**
	 * What meets a request that arrives now.
	 * @return the fault, or {@code null} if the request is spared
	 */
	@Nullable FaultRequest meet() {
		Active now = this.active;
		return (now != null && this.nanoTime.getAsLong() - now.endNanos() < 0 && now.meets()) ? now.fault() : null;
	}

	/**
	 * A fault that is on.
	 *
	 * @param fault how the service fails
	 * @param endNanos until when
	 * @param arrived how many requests arrived meanwhile
	 */
	private record Active(FaultRequest fault, long endNanos, AtomicLong arrived) {

		// Spread evenly and without chance: of any hundred in a row exactly so many.
		boolean meets() {
			long number = this.arrived.getAndIncrement();
			return (number + 1) * this.fault.percent() / 100 > number * this.fault.percent() / 100;
		}

	}

}
