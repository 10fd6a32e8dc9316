package dev.threelanes.gatling;

import java.util.concurrent.atomic.AtomicInteger;

import dev.threelanes.experiments.Step;

/**
 * Records the requests of one step: start, end and outcome of each, in arrays of their
 * own so that recording neither locks nor allocates. Gatling's event loops write, and the
 * record is read when they are done.
 */
public final class StepRecorder {

	private final Step step;

	private final long[] starts;

	private final long[] ends;

	private final int[] outcomes;

	private final AtomicInteger started = new AtomicInteger();

	private final AtomicInteger finished = new AtomicInteger();

	StepRecorder(Step step) {
		this.step = step;
		int capacity = Math.toIntExact(step.mostRequests());
		this.starts = new long[capacity];
		this.ends = new long[capacity];
		this.outcomes = new int[capacity];
	}

	/**
	 * Stamps the start of a request.
	 * @return the request's number, to be given back at its end
	 * @throws IllegalStateException if there are more than the step can have
	 */
	public int start() {
		int request = this.started.getAndIncrement();
		if (request >= this.starts.length) {
			throw new IllegalStateException(
					"More than %d requests started in step '%s'".formatted(this.starts.length, this.step.name()));
		}
		this.starts[request] = System.nanoTime();
		return request;
	}

	/**
	 * Stamps the correct answer to a request.
	 * @param request the request's number
	 */
	public void correct(int request) {
		end(request, Outcome.CORRECT);
	}

	/**
	 * Stamps the failure of a request.
	 * @param request the request's number
	 * @param status the answer's status, or 0 if there was no answer
	 */
	public void failed(int request, int status) {
		end(request, Outcome.failed(status));
	}

	private void end(int request, int outcome) {
		this.ends[request] = System.nanoTime();
		this.outcomes[request] = outcome;
		// Makes the stamps visible to whoever reads the count.
		this.finished.incrementAndGet();
	}

	Step step() {
		return this.step;
	}

	int count() {
		// Read in this order: what has finished has been stamped.
		this.finished.get();
		return Math.min(this.started.get(), this.starts.length);
	}

	long startNanos(int request) {
		return this.starts[request];
	}

	long endNanos(int request) {
		return this.ends[request];
	}

	int outcome(int request) {
		return this.outcomes[request];
	}

}
