package dev.threelanes.report.simulation;

import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.LongStream;

import dev.threelanes.experiments.Step;
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

	// The parts of a mix in one queue: whoever holds a server up holds up all who come
	// after, and nobody does where there are servers for all.
	static List<Queue> together(List<Step.Part> parts, List<Long> serviceMicros, int servers) {
		PriorityQueue<Long> free = new PriorityQueue<>();
		List<Queue> queues = parts.stream()
			.map((part) -> new Queue(new long[(int) part.users()], new long[(int) part.users()]))
			.toList();
		int[] known = new int[parts.size()];
		long users = parts.stream().mapToLong(Step.Part::users).sum();
		for (long user = 0; user < users; user++) {
			for (int part = 0; part < parts.size(); part++) {
				if (parts.get(part).has(user)) {
					long start = Math.round(user * 1e6 / parts.get(part).mix().offeredRps());
					long from = (free.size() < servers) ? start : Math.max(start, free.remove());
					long end = from + serviceMicros.get(part);
					free.add(end);
					queues.get(part).startMicros[known[part]] = start;
					queues.get(part).endMicros[known[part]++] = end;
				}
			}
		}
		return queues;
	}

	// The same, counted from its first start.
	Queue fromFirstStart() {
		long first = this.startMicros[0];
		return new Queue(LongStream.of(this.startMicros).map((micros) -> micros - first).toArray(),
				LongStream.of(this.endMicros).map((micros) -> micros - first).toArray());
	}

	int size() {
		return this.startMicros.length;
	}

	long lastEndMicros() {
		return LongStream.of(this.endMicros).max().orElseThrow();
	}

}
