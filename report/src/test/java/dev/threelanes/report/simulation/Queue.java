package dev.threelanes.report.simulation;

import dev.threelanes.report.cell.CellStep;

/**
 * A queue in front of T servers, each of which needs the same time for a request, with
 * arrivals at a constant rate, evenly over a ramp or all at once. Every end follows from
 * the end T requests before it.
 *
 * @param startMicros when each request starts, after the step's begin
 * @param endMicros when its answer arrives
 */
record Queue(long[] startMicros, long[] endMicros) {

	/** What a wake-up takes. */
	static final long WOKEN_MICROS = 30_000;

	static Queue of(CellStep step, double startedShare, int servers, long serviceMicros) {
		int requests = (int) Math.round(step.arrivals() * startedShare);
		long[] starts = new long[requests];
		long[] ends = new long[requests];
		if (step.waiting()) {
			return waiting(step, starts, ends);
		}
		for (int i = 0; i < requests; i++) {
			starts[i] = step.open() ? Math.round(i * 1e6 / step.rps()) : evenly(step, i);
			long free = (i < servers) ? 0 : ends[i - servers];
			ends[i] = Math.max(starts[i], free) + serviceMicros;
		}
		return new Queue(starts, ends);
	}

	// The first two are woken after a while, and the others two seconds later.
	private static Queue waiting(CellStep step, long[] starts, long[] ends) {
		long firstWakeUp = firstWakeUpMillis(step) * 1000;
		for (int i = 0; i < starts.length; i++) {
			starts[i] = evenly(step, i);
			ends[i] = firstWakeUp + ((i < 2) ? WOKEN_MICROS : 2_000_000 + WOKEN_MICROS);
		}
		return new Queue(starts, ends);
	}

	static long firstWakeUpMillis(CellStep step) {
		return step.durationMs() + 6000;
	}

	private static long evenly(CellStep step, int user) {
		return step.durationMs() * 1000 * user / step.arrivals();
	}

	int size() {
		return this.startMicros.length;
	}

	long lastEndMicros() {
		return this.endMicros[size() - 1];
	}

}
