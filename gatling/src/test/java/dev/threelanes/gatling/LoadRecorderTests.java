package dev.threelanes.gatling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Share;
import dev.threelanes.experiments.Step;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LoadRecorderTests {

	private static final Step.Open WARM_UP = new Step.Open(Step.WARM_UP, 1000, Duration.ofSeconds(1));

	private static final Step.Open QUARTER = new Step.Open("0.25 x T/D", 1000, Duration.ofSeconds(40));

	private static final Step.Open HALF = new Step.Open("0.50 x T/D", 100, Duration.ofSeconds(1));

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	private final LoadRecorder recorder = new LoadRecorder(new Schedule(List.of(WARM_UP), List.of(QUARTER, HALF)));

	@Test
	void concurrentRequestsAreAllAccountedFor() throws Exception {
		StepRecorder step = this.recorder.step(QUARTER);
		int threads = 4;
		int each = 10_000;
		try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
			List<Future<?>> futures = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				futures.add(executor.submit(() -> {
					for (int j = 0; j < each; j++) {
						int request = step.start();
						if (j % 10 == 0) {
							step.failed(request, 503);
						}
						else {
							step.correct(request);
						}
					}
				}));
			}
			for (Future<?> future : futures) {
				future.get();
			}
		}
		RecordFolder written = write();
		assertThat(written.step("0.25 x T/D")).containsEntry("started", "40000")
			.containsEntry("answered", "36000")
			.containsEntry("failed", "4000");
		assertThat(only(written.histograms("latency.hlog"), "0.25_x_T/D").getTotalCount()).isEqualTo(36_000);
		assertThat(only(written.histograms("failures.hlog"), "0.25_x_T/D.status-503").getTotalCount()).isEqualTo(4_000);
		assertThat(only(written.histograms("start-lag.hlog"), "0.25_x_T/D").getTotalCount()).isEqualTo(40_000);
		assertThat(written.timelineSum("0.25 x T/D", "started")).isEqualTo(40_000);
		assertThat(written.timelineSum("0.25 x T/D", "answered")).isEqualTo(36_000);
		assertThat(written.timelineSum("0.25 x T/D", "failed")).isEqualTo(4_000);
		assertThat(written.timelineSum("0.25 x T/D", "answeredOfStarted")).isEqualTo(36_000);
	}

	@Test
	void stepsAreIntervalsInTheirOrderWarmUpFirst() throws IOException {
		answer(this.recorder.step(HALF));
		answer(this.recorder.step(QUARTER));
		answer(this.recorder.step(WARM_UP));
		RecordFolder written = write();
		assertThat(written.histograms("latency.hlog").keySet()).containsExactly("warm-up", "0.25_x_T/D", "0.50_x_T/D");
		assertThat(written.rows("steps.csv")).extracting((row) -> row.get("step"))
			.containsExactly("warm-up", "0.25 x T/D", "0.50 x T/D");
	}

	@Test
	void latencyIsInMicrosecondsAndIntervalsStandInWallClockTime() throws IOException {
		long before = System.currentTimeMillis();
		StepRecorder step = this.recorder.step(HALF);
		int request = step.start();
		pause(Duration.ofMillis(120));
		step.correct(request);
		long after = System.currentTimeMillis();
		RecordFolder written = write();
		Histogram latency = only(written.histograms("latency.hlog"), "0.50_x_T/D");
		assertThat(latency.getMaxValue()).isBetween(119_000L, (after - before + 2) * 1000);
		// The two clocks may differ by the millisecond to which one is rounded.
		assertThat(latency.getStartTimeStamp()).isBetween(before - 1, after - 118);
		assertThat(latency.getEndTimeStamp()).isBetween(before + 119, after + 1);
		Map<String, String> row = written.step("0.50 x T/D");
		assertThat(RecordFolder.number(row, "startedAtEpochMillis")).isEqualTo(latency.getStartTimeStamp());
		assertThat(RecordFolder.number(row, "lastStartEpochMillis")).isEqualTo(latency.getStartTimeStamp());
		// The log keeps the length of an interval in seconds; its reader may lose a
		// millisecond of it.
		assertThat(RecordFolder.number(row, "lastAnswerEpochMillis")).isBetween(latency.getEndTimeStamp(),
				latency.getEndTimeStamp() + 1);
	}

	@Test
	void whereInjectorsShareAStepTimeCountsFromTheMomentTheyAgreedOn() throws IOException {
		LoadRecorder shared = new LoadRecorder(new Schedule(List.of(), List.of(HALF)), new Share(2, 1));
		StepRecorder step = shared.step(HALF);
		long agreed = System.currentTimeMillis() - 300;
		step.begins(Begin.at(agreed));
		answer(step);
		shared.write(this.folder);
		RecordFolder written = new RecordFolder(this.folder);
		assertThat(RecordFolder.number(written.step("0.50 x T/D"), "startedAtEpochMillis")).isEqualTo(agreed);
		assertThat(RecordFolder.number(written.step("0.50 x T/D"), "lastStartEpochMillis"))
			.isGreaterThanOrEqualTo(agreed + 299);
		assertThat(RecordFolder.number(written.rows("timeline.csv").getFirst(), "bin")).isGreaterThanOrEqualTo(29);
		// The first user of injector 1 of 2 is due 10 ms after the beginning.
		assertThat(only(written.histograms("start-lag.hlog"), "0.50_x_T/D").getMinValue())
			.isGreaterThanOrEqualTo(288_000);
		assertThat(written.rows("injector.csv")).singleElement()
			.satisfies((row) -> assertThat(row).containsEntry("injectors", "2").containsEntry("injector", "1"));
	}

	@Test
	void timelinePutsAnAnswerWhereItArrivedAndItsLatencyWhereItStarted() throws IOException {
		StepRecorder step = this.recorder.step(HALF);
		int slow = step.start();
		int failed = step.start();
		pause(Duration.ofMillis(55));
		step.correct(slow);
		step.failed(failed, 0);
		RecordFolder written = write();
		List<Map<String, String>> bins = written.rows("timeline.csv");
		Map<String, String> first = bins.getFirst();
		Map<String, String> last = bins.getLast();
		assertThat(first).containsEntry("bin", "0")
			.containsEntry("started", "2")
			.containsEntry("answered", "0")
			.containsEntry("failed", "0")
			.containsEntry("answeredOfStarted", "1");
		assertThat(RecordFolder.number(first, "latencyMicrosOfStarted")).isGreaterThanOrEqualTo(55_000);
		assertThat(RecordFolder.number(last, "bin")).isGreaterThanOrEqualTo(5);
		assertThat(last).containsEntry("started", "0")
			.containsEntry("answeredOfStarted", "0")
			.containsEntry("latencyMicrosOfStarted", "0");
		assertThat(written.timelineSum("0.50 x T/D", "answered")).isEqualTo(1);
		assertThat(written.timelineSum("0.50 x T/D", "failed")).isEqualTo(1);
		assertThat(bins).noneMatch((bin) -> RecordFolder.number(bin, "started") == 0
				&& RecordFolder.number(bin, "answered") == 0 && RecordFolder.number(bin, "failed") == 0);
	}

	@Test
	void failuresAreKeptByClassAndAreNoLatencies() throws IOException {
		StepRecorder step = this.recorder.step(HALF);
		step.failed(step.start(), 503);
		step.failed(step.start(), 503);
		step.failed(step.start(), 0);
		step.failed(step.start(), 200);
		RecordFolder written = write();
		assertThat(written.histograms("failures.hlog")).hasSize(3)
			.hasEntrySatisfying("0.50_x_T/D.status-503",
					(histogram) -> assertThat(histogram.getTotalCount()).isEqualTo(2))
			.hasEntrySatisfying("0.50_x_T/D.no-answer",
					(histogram) -> assertThat(histogram.getTotalCount()).isEqualTo(1))
			.hasEntrySatisfying("0.50_x_T/D.wrong-answer",
					(histogram) -> assertThat(histogram.getTotalCount()).isEqualTo(1));
		assertThat(only(written.histograms("latency.hlog"), "0.50_x_T/D").getTotalCount()).isZero();
		assertThat(written.step("0.50 x T/D")).containsEntry("answered", "0").containsEntry("failed", "4");
	}

	@Test
	void whatNeverEndedIsStartedAndNeitherAnsweredNorFailed() throws IOException {
		StepRecorder step = this.recorder.step(HALF);
		step.start();
		step.correct(step.start());
		RecordFolder written = write();
		assertThat(written.step("0.50 x T/D")).containsEntry("started", "2")
			.containsEntry("answered", "1")
			.containsEntry("failed", "0");
		assertThat(written.timelineSum("0.50 x T/D", "started")).isEqualTo(2);
	}

	@Test
	void startLagIsCountedFromTheLeastLateUser() throws IOException {
		StepRecorder step = this.recorder.step(HALF);
		// Users are due every 10 ms: the first three at once, so the third is the least
		// late and the first is 20 ms late compared with it.
		answer(step);
		answer(step);
		answer(step);
		// Due at 30 ms, comes at 100 ms at the earliest: 70 ms late for the first.
		pause(Duration.ofMillis(100));
		answer(step);
		Histogram lag = only(write().histograms("start-lag.hlog"), "0.50_x_T/D");
		assertThat(lag.getTotalCount()).isEqualTo(4);
		assertThat(lag.getMinValue()).isZero();
		assertThat(lag.getCountBetweenValues(0, 15_000)).isGreaterThanOrEqualTo(2);
		assertThat(lag.getMaxValue()).isGreaterThanOrEqualTo(89_000);
	}

	@Test
	void aFileIsWrittenAsAWholeOrNotAtAll() throws IOException {
		answer(this.recorder.step(WARM_UP));
		write();
		// A record in the same place replaces the older one.
		write();
		try (Stream<Path> files = Files.list(this.folder)) {
			assertThat(files).extracting((file) -> String.valueOf(file.getFileName()))
				.containsExactlyInAnyOrder("latency.hlog", "failures.hlog", "start-lag.hlog", "heartbeat.hlog",
						"timeline.csv", "steps.csv");
		}
	}

	@Test
	void whenStepIsUnknownSaysSo() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.recorder.step(new Step.Open("3.00 x T/D", 1, Duration.ofSeconds(1))))
			.withMessage("There is no step '3.00 x T/D'");
	}

	@Test
	void whenMoreUsersArriveThanAStepCanHaveRefusesThem() {
		StepRecorder step = this.recorder.step(HALF);
		assertThatIllegalStateException().isThrownBy(() -> {
			for (int i = 0; i < 1000; i++) {
				step.start();
			}
		}).withMessageContaining("'0.50 x T/D'");
	}

	private RecordFolder write() throws IOException {
		this.recorder.write(this.folder);
		return new RecordFolder(this.folder);
	}

	private static void answer(StepRecorder step) {
		step.correct(step.start());
	}

	// Time itself is what is measured here, so it has to pass.
	private static void pause(Duration duration) {
		long end = System.nanoTime() + duration.toNanos();
		for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	private static Histogram only(Map<String, Histogram> histograms, String tag) {
		Histogram histogram = histograms.get(tag);
		assertThat(histograms).containsOnlyKeys(tag);
		if (histogram == null) {
			throw new AssertionError(tag);
		}
		return histogram;
	}

}
