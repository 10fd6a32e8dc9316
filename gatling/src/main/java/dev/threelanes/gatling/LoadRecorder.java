package dev.threelanes.gatling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Share;
import dev.threelanes.experiments.Step;
import org.jspecify.annotations.Nullable;

/**
 * The project's own record of a whole load. Gatling's is in milliseconds and binary, and
 * its makers ask nobody to read it.
 */
public final class LoadRecorder {

	private final List<StepRecorder> steps = new ArrayList<>();

	private final Share share;

	private @Nullable LiveTally live;

	private final Heartbeat heartbeat = Heartbeat.start();

	/** The wall clock at the zero of {@link System#nanoTime()}, in nanoseconds. */
	private final long epochNanosAtZero = WallClock.epochNanosAtZero();

	/**
	 * Prepares to record a schedule, its warm-up included.
	 * @param schedule the schedule
	 */
	public LoadRecorder(Schedule schedule) {
		this(schedule, Share.WHOLE);
	}

	/**
	 * Prepares to record what one of several injectors does of a schedule.
	 * @param schedule the schedule
	 * @param share which injector this is
	 */
	public LoadRecorder(Schedule schedule, Share share) {
		this.share = share;
		schedule.all().forEach((step) -> this.steps.add(new StepRecorder(step, share)));
	}

	/**
	 * The recorder of a step.
	 * @param step the step
	 * @return its recorder
	 * @throws IllegalArgumentException if the schedule has no such step
	 */
	public StepRecorder step(Step step) {
		return this.steps.stream()
			.filter((recorder) -> recorder.step().equals(step))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no step '%s'".formatted(step.name())));
	}

	/**
	 * Tells once a second how the load goes, until the recording ends.
	 * @param file where
	 */
	public void tellIn(Path file) {
		this.live = LiveTally.start(file, this.steps);
	}

	/**
	 * Ends the recording and writes the record; each file appears as a whole or not at
	 * all.
	 * @param folder where to
	 * @throws IOException if a file cannot be written
	 */
	public void write(Path folder) throws IOException {
		this.heartbeat.close();
		if (this.live != null) {
			this.live.close();
		}
		Files.createDirectories(folder);
		List<StepRecord> records = this.steps.stream()
			.filter((step) -> step.count() > 0)
			.map((step) -> StepRecord.of(step, this.heartbeat, this.epochNanosAtZero))
			.toList();
		if (this.share.partial()) {
			RecordFiles.write(folder, this.share);
		}
		RecordFiles.write(folder, records);
	}

}
