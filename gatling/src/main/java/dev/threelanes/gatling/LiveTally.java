package dev.threelanes.gatling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/**
 * Tells once a second, in a small file, how the load goes, for whoever watches a run. No
 * figure of it enters any result.
 */
final class LiveTally implements AutoCloseable {

	static final String HEADER = "step,startedRps,answered,failed,p99Millis";

	private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** Looking further back would cost the generator time that the load needs. */
	private static final int MOST_REQUESTS = 10_000;

	private final ScheduledExecutorService clock = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("live-tally").factory());

	private final Path file;

	private final List<StepRecorder> steps;

	private LiveTally(Path file, List<StepRecorder> steps) {
		this.file = file;
		this.steps = List.copyOf(steps);
	}

	/**
	 * Begins to tell.
	 * @param file the file, replaced each second
	 * @param steps the steps
	 * @return the running tally
	 */
	static LiveTally start(Path file, List<StepRecorder> steps) {
		LiveTally tally = new LiveTally(file, steps);
		tally.clock.scheduleAtFixedRate(tally::tell, PERIOD_NANOS, PERIOD_NANOS, TimeUnit.NANOSECONDS);
		return tally;
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
	}

	private void tell() {
		try {
			Path part = this.file.resolveSibling(this.file.getFileName() + ".part");
			Files.writeString(part, text(this.steps, System.nanoTime()));
			Files.move(part, this.file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			// Who watches sees nothing for a second; the load goes on.
		}
	}

	// The latest step that has begun, from the last of its requests back to those of a
	// second ago.
	static String text(List<StepRecorder> steps, long now) {
		StepRecorder current = null;
		for (StepRecorder step : steps) {
			if (step.count() > 0) {
				current = step;
			}
		}
		if (current == null) {
			return HEADER + "\n";
		}
		int startedLately = 0;
		int answered = 0;
		int failed = 0;
		Histogram latency = new Histogram(2);
		int count = current.count();
		for (int request = count - 1; request >= Math.max(0, count - MOST_REQUESTS); request--) {
			long start = current.startNanos(request);
			long end = current.endNanos(request);
			// A stamp may be missing that another thread is just setting.
			if (start != 0 && now - start <= PERIOD_NANOS) {
				startedLately++;
			}
			int outcome = current.outcome(request);
			if (outcome == Outcome.CORRECT && end >= start) {
				answered++;
				latency.recordValue(TimeUnit.NANOSECONDS.toMicros(end - start));
			}
			else if (outcome != Outcome.CORRECT && outcome != Outcome.PENDING) {
				failed++;
			}
		}
		return String.format(Locale.ROOT, "%s%n%s,%d,%d,%d,%s%n", HEADER, current.step().name(), startedLately,
				answered, failed, (answered > 0) ? Long.toString(latency.getValueAtPercentile(99) / 1000) : "");
	}

}
