package dev.threelanes.gatling;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.threelanes.experiments.Share;
import dev.threelanes.experiments.Step;
import org.jspecify.annotations.Nullable;

/**
 * Records the requests of one step: start, end and outcome of each, in arrays of their
 * own so that recording neither locks nor allocates. Gatling's event loops write, and the
 * record is read when they are done.
 */
public final class StepRecorder {

	private final Step step;

	private final Share share;

	/** When all injectors that share the step begin; absent where there is one. */
	private volatile @Nullable Begin begin;

	private final long[] starts;

	private final long[] ends;

	private final int[] outcomes;

	/** The event that woke each request; 0 where none did. */
	private final int[] events;

	private final Queue<WakeUpRecord.Sent> wakeUps = new ConcurrentLinkedQueue<>();

	private final AtomicInteger started = new AtomicInteger();

	private final AtomicInteger finished = new AtomicInteger();

	StepRecorder(Step step) {
		this(step, Share.WHOLE);
	}

	StepRecorder(Step step, Share share) {
		this.step = step;
		this.share = share;
		int capacity = Math.toIntExact(step.mostRequests());
		this.starts = new long[capacity];
		this.ends = new long[capacity];
		this.outcomes = new int[capacity];
		this.events = new int[(step instanceof Step.Waiting) ? capacity : 0];
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
	 * Stamps the answer to a request that waited for an event.
	 * @param request the request's number
	 * @param event the number of the event that woke it, from 1
	 */
	public void woken(int request, int event) {
		this.events[request] = event;
		end(request, Outcome.CORRECT);
	}

	/**
	 * Keeps a wake-up.
	 * @param wakeUp what was sent and answered
	 */
	void wakeUp(WakeUpRecord.Sent wakeUp) {
		this.wakeUps.add(wakeUp);
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

	/**
	 * Keeps when the step begins on all injectors that share it.
	 * @param moment the moment
	 */
	void begins(Begin moment) {
		this.begin = moment;
	}

	@Nullable Begin begin() {
		return this.begin;
	}

	Step step() {
		return this.step;
	}

	Share share() {
		return this.share;
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

	/**
	 * What the wake-ups amount to.
	 * @param epochNanosAtZero the wall clock at the zero of {@link System#nanoTime()}
	 * @return the wake-ups in their order, each with those who received its event
	 */
	List<WakeUpRecord> wakeUps(long epochNanosAtZero) {
		List<WakeUpRecord> records = new ArrayList<>();
		int count = count();
		for (WakeUpRecord.Sent sent : this.wakeUps) {
			int received = 0;
			long last = sent.nanos();
			for (int request = 0; request < count; request++) {
				if (this.outcomes[request] == Outcome.CORRECT && this.events[request] == sent.event()) {
					received++;
					last = Math.max(last, this.ends[request]);
				}
			}
			records.add(new WakeUpRecord(sent, (sent.nanos() + epochNanosAtZero) / 1_000_000, received,
					(last - sent.nanos()) / 1000));
		}
		return records;
	}

	int outcome(int request) {
		return this.outcomes[request];
	}

}
