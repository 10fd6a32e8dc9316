package dev.threelanes.report.simulation;

import dev.threelanes.report.cell.CellStep;

/**
 * A queue in front of T servers, each of which needs the same time for a request, with
 * arrivals at a constant rate or all at once. Every end follows from the end T requests
 * before it.
 *
 * @param startMicros when each request starts, after the step's begin
 * @param endMicros when its answer arrives
 */
record Queue(long[] startMicros, long[] endMicros) {

	static Queue of(CellStep step, double startedShare, int servers, long serviceMicros) {
		int requests = (int) Math.round(step.arrivals() * startedShare);
		long[] starts = new long[requests];
		long[] ends = new long[requests];
		for (int i = 0; i < requests; i++) {
			starts[i] = step.burst() ? 0 : Math.round(i * 1e6 / step.rps());
			long free = (i < servers) ? 0 : ends[i - servers];
			ends[i] = Math.max(starts[i], free) + serviceMicros;
		}
		return new Queue(starts, ends);
	}

	int size() {
		return this.startMicros.length;
	}

	long lastEndMicros() {
		return this.endMicros[size() - 1];
	}

}
