package dev.threelanes.gatling;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.threelanes.experiments.Step;
import org.HdrHistogram.Histogram;

/**
 * What one step's requests amount to.
 *
 * @param step the step
 * @param startedAtMillis wall clock of the first start, in milliseconds since 1970; where
 * injectors share the step, of the moment at which all of them began
 * @param lastStartMillis wall clock of the last start
 * @param lastEndMillis wall clock of the last answer or failure
 * @param started requests started
 * @param latency latencies of correct answers, in microseconds
 * @param failures latencies of failures by class, in microseconds
 * @param startLag how late users arrived, in microseconds; empty where they come back
 * when they are answered
 * @param heartbeat how late the generator was woken, in microseconds
 * @param collectionMillis the time of the generator's collector, in milliseconds
 * @param timeline the step in bins of time, by number of the bin
 * @param wakeUps the wake-ups, if the step was one of waiting
 */
record StepRecord(Step step, long startedAtMillis, long lastStartMillis, long lastEndMillis, long started,
		Histogram latency, Map<String, Histogram> failures, Histogram startLag, Histogram heartbeat,
		long collectionMillis, Map<Integer, Bin> timeline, List<WakeUpRecord> wakeUps) {

	/** The width of a bin of the timeline. */
	static final int BIN_MILLIS = 10;

	private static final int SIGNIFICANT_DIGITS = 3;

	/**
	 * Adds up what was recorded of a step. Where injectors share it, time counts from the
	 * moment at which all of them began, so that their records can be put together bin by
	 * bin; else it counts from the first start.
	 * @param recorder what was recorded
	 * @param heartbeat how late the generator was woken
	 * @param ownEpochNanosAtZero the wall clock at the zero of {@link System#nanoTime()}
	 * @return the record
	 */
	static StepRecord of(StepRecorder recorder, Heartbeat heartbeat, long ownEpochNanosAtZero) {
		Begin begin = recorder.begin();
		long epochNanosAtZero = (begin != null) ? begin.epochNanosAtZero() : ownEpochNanosAtZero;
		int count = recorder.count();
		long first = (begin != null) ? begin.nanos() : Long.MAX_VALUE;
		long lastStart = Long.MIN_VALUE;
		long lastEnd = Long.MIN_VALUE;
		long[] starts = new long[count];
		for (int i = 0; i < count; i++) {
			starts[i] = recorder.startNanos(i);
			first = Math.min(first, starts[i]);
			lastStart = Math.max(lastStart, starts[i]);
			lastEnd = Math.max(lastEnd,
					(recorder.outcome(i) != Outcome.PENDING) ? recorder.endNanos(i) : Long.MIN_VALUE);
		}
		Histogram latency = new Histogram(SIGNIFICANT_DIGITS);
		Map<String, Histogram> failures = new TreeMap<>();
		Map<Integer, Bin> timeline = new TreeMap<>();
		for (int i = 0; i < count; i++) {
			int outcome = recorder.outcome(i);
			Bin startBin = bin(timeline, recorder.startNanos(i) - first);
			startBin.started++;
			if (outcome == Outcome.PENDING) {
				continue;
			}
			long micros = (recorder.endNanos(i) - recorder.startNanos(i)) / 1000;
			Bin endBin = bin(timeline, recorder.endNanos(i) - first);
			if (outcome == Outcome.CORRECT) {
				latency.recordValue(micros);
				endBin.answered++;
				startBin.answeredOfStarted++;
				startBin.latencyMicrosOfStarted += micros;
			}
			else {
				failures.computeIfAbsent(Outcome.failureClass(outcome), (name) -> new Histogram(SIGNIFICANT_DIGITS))
					.recordValue(micros);
				endBin.failed++;
			}
		}
		return new StepRecord(recorder.step(), millis(first, epochNanosAtZero), millis(lastStart, epochNanosAtZero),
				millis(Math.max(lastStart, lastEnd), epochNanosAtZero), count, latency, failures,
				(begin != null) ? startLag(starts, recorder, begin) : startLag(starts, recorder.step()),
				heartbeat.lateness(first, Math.max(lastStart, lastEnd)),
				heartbeat.collectionMillis(first, Math.max(lastStart, lastEnd)), timeline,
				recorder.wakeUps(epochNanosAtZero));
	}

	long failed() {
		return this.failures.values().stream().mapToLong(Histogram::getTotalCount).sum();
	}

	/**
	 * How late each user arrived, to the millisecond: Gatling 3.15 starts users in ticks
	 * of one. The zero is where the least late user was in time, so that a late first
	 * user does not hide the lateness of the others.
	 */
	private static Histogram startLag(long[] starts, Step step) {
		Histogram lag = new Histogram(SIGNIFICANT_DIGITS);
		if (step instanceof Step.Closed) {
			// Who comes back when answered is never due.
			return lag;
		}
		Arrays.sort(starts);
		long earliest = Long.MAX_VALUE;
		for (int i = 0; i < starts.length; i++) {
			starts[i] -= dueNanos(step, i);
			earliest = Math.min(earliest, starts[i]);
		}
		for (long start : starts) {
			lag.recordValue((start - earliest) / 1000);
		}
		return lag;
	}

	/**
	 * How late each user of a share arrived. The zero is the moment that was agreed on,
	 * so that an injector that begins after the others is late with every user.
	 */
	private static Histogram startLag(long[] starts, StepRecorder recorder, Begin begin) {
		Histogram lag = new Histogram(SIGNIFICANT_DIGITS);
		if (recorder.step() instanceof Step.Closed) {
			return lag;
		}
		Arrays.sort(starts);
		double[] due = recorder.share().recorded(recorder.step());
		for (int i = 0; i < starts.length; i++) {
			lag.recordValue(Math.max(0, starts[i] - begin.due(due[Math.min(i, due.length - 1)])) / 1000);
		}
		return lag;
	}

	private static long dueNanos(Step step, int user) {
		return switch (step) {
			case Step.Open open -> Math.round(open.dueSeconds(user) * 1e9);
			case Step.Part part -> Math.round(part.dueSeconds(user) * 1e9);
			case Step.Burst burst -> 0;
			case Step.Held held -> Math.round((double) user * held.ramp().toNanos() / held.users());
			case Step.Waiting waiting -> Math.round((double) user * waiting.ramp().toNanos() / waiting.users());
			case Step.Closed closed -> throw new IllegalArgumentException("nobody is due in " + closed);
		};
	}

	private static Bin bin(Map<Integer, Bin> timeline, long nanosSinceFirst) {
		return timeline.computeIfAbsent((int) (nanosSinceFirst / (BIN_MILLIS * 1_000_000L)), (index) -> new Bin());
	}

	private static long millis(long nanoTime, long epochNanosAtZero) {
		return (nanoTime + epochNanosAtZero) / 1_000_000;
	}

	/**
	 * What happened in one bin of the timeline.
	 */
	static final class Bin {

		/** Requests started in this bin. */
		long started;

		/** Correct answers that arrived in this bin. */
		long answered;

		/** Failures in this bin. */
		long failed;

		/** Correct answers to the requests that started in this bin. */
		long answeredOfStarted;

		/** The sum of their latencies, in microseconds. */
		long latencyMicrosOfStarted;

	}

}
