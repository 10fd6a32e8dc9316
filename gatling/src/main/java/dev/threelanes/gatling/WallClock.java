package dev.threelanes.gatling;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where the zero of {@link System#nanoTime()} stands on the wall clock. The two clocks
 * can't be read at one moment: whatever holds the thread up between them would shift
 * every time that is told. Therefore they are read several times, and the pair that lay
 * closest together is taken.
 */
final class WallClock {

	private static final int READINGS = 20;

	private WallClock() {
	}

	/**
	 * The wall clock at the zero of {@link System#nanoTime()}.
	 * @return nanoseconds since the epoch, right to half of the shortest time between two
	 * readings: some microseconds
	 */
	static long epochNanosAtZero() {
		long shortest = Long.MAX_VALUE;
		long zero = 0;
		for (int i = 0; i < READINGS; i++) {
			long before = System.nanoTime();
			Instant now = Instant.now();
			long between = System.nanoTime() - before;
			if (between < shortest) {
				shortest = between;
				zero = ChronoUnit.NANOS.between(Instant.EPOCH, now) - before - between / 2;
			}
		}
		return zero;
	}

}
