package dev.threelanes.report.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.CellStep;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.Sample;
import dev.threelanes.report.cell.Samples;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the generator and the sampler would have recorded.
 */
final class RecordWriter {

	private static final double REQUESTS_IN_A_SWING = 4800;

	private static final int BIN_MICROS = 10_000;

	private static final int PAUSE_MILLIS = 500;

	private final List<Histogram> latencies = new ArrayList<>();

	private final List<Histogram> failures = new ArrayList<>();

	private final List<Histogram> startLags = new ArrayList<>();

	private final List<Histogram> heartbeats = new ArrayList<>();

	private final StringBuilder timeline = new StringBuilder(
			"step,bin,started,answered,failed,answeredOfStarted,latencyMicrosOfStarted\n");

	private final StringBuilder steps = new StringBuilder("step,startedAtEpochMillis,"
			+ "lastStartEpochMillis,lastAnswerEpochMillis,started,answered,failed,generatorGcMillis\n");

	private final StringBuilder wakeUps = new StringBuilder(
			"step,wake,sentAtEpochMillis,counted,received,lastMicros\n");

	private int woken;

	private final List<Long> startMillis = new ArrayList<>();

	private final List<Ended> ended = new ArrayList<>();

	private final long begin;

	private long clock;

	RecordWriter(long beginEpochMillis) {
		this.begin = beginEpochMillis;
		this.clock = beginEpochMillis + PAUSE_MILLIS;
	}

	void add(CellStep step, Queue queue, Map<String, Integer> failing, int forgotten, long startLagMicros,
			long serviceMicros) {
		Histogram latency = histogram(step, "");
		Histogram lag = histogram(step, "");
		Map<Integer, long[]> bins = new TreeMap<>();
		int failed = failing.values().stream().mapToInt(Integer::intValue).sum();
		int answered = queue.size() - failed - forgotten;
		for (int i = 0; i < queue.size(); i++) {
			long start = queue.startMicros()[i];
			long end = queue.endMicros()[i];
			lag.recordValue(startLagMicros);
			long[] startBin = bin(bins, start);
			startBin[0]++;
			this.startMillis.add(this.clock + start / 1000);
			this.ended.add(new Ended(this.clock + end / 1000,
					this.clock + (step.waiting() ? start : end - serviceMicros) / 1000, serviceMicros));
			if (i < answered) {
				latency.recordValue(end - start);
				bin(bins, end)[1]++;
				startBin[3]++;
				startBin[4] += end - start;
			}
			else if (i < answered + failed) {
				bin(bins, end)[2]++;
			}
		}
		this.latencies.add(latency);
		this.startLags.add(lag);
		Histogram heartbeat = histogram(step, "");
		heartbeat.recordValueWithCount(100, Math.max(step.durationMs(), queue.lastEndMicros() / 1000) / 10);
		this.heartbeats.add(heartbeat);
		failing.forEach((type, count) -> {
			Histogram histogram = histogram(step, "." + type);
			histogram.recordValueWithCount(1000, count);
			this.failures.add(histogram);
		});
		bins.forEach((index, counts) -> this.timeline.append("%s,%d,%d,%d,%d,%d,%d\n".formatted(step.name(), index,
				counts[0], counts[1], counts[2], counts[3], counts[4])));
		long last = this.clock + queue.lastEndMicros() / 1000;
		this.steps.append("%s,%d,%d,%d,%d,%d,%d,0\n".formatted(step.name(), this.clock,
				this.clock + queue.startMicros()[queue.size() - 1] / 1000, last, queue.size(), answered, failed));
		this.clock = last + PAUSE_MILLIS;
	}

	// Two, all others, and whoever came too late.
	void wakeUps(CellStep step, int late) {
		long sent = this.clock + Queue.firstWakeUpMillis(step);
		this.wakeUps.append("%s,2,%d,2,2,%d\n".formatted(step.name(), sent, Queue.WOKEN_MICROS));
		this.wakeUps.append("%1$s,all,%2$d,%3$d,%3$d,%4$d\n".formatted(step.name(), sent + 2000, step.arrivals() - 2,
				Queue.WOKEN_MICROS));
		this.wakeUps.append("%s,all,%d,%d,0,0\n".formatted(step.name(), sent + 4000, late));
		this.woken++;
	}

	// Lets what follows begin at the same moment, or a little later, as a part of it.
	void part(long begin, CellStep step, Queue queue, Map<String, Integer> failing, int forgotten, long startLagMicros,
			long serviceMicros) {
		long latest = this.clock;
		this.clock = begin + queue.startMicros()[0] / 1000;
		add(step, queue.fromFirstStart(), failing, forgotten, startLagMicros, serviceMicros);
		this.clock = Math.max(latest, this.clock);
	}

	long clock() {
		return this.clock;
	}

	// The warm-up leaves no more than its counts.
	void warmedUp(CellStep step) {
		long users = step.arrivals();
		this.steps.append("%s,%d,%d,%d,%d,%d,0,0\n".formatted(step.name(), this.begin - step.durationMs(), this.begin,
				this.begin, users, users));
	}

	void write(CellFiles files) throws IOException {
		log(files.latency(), this.latencies);
		log(files.failures(), this.failures);
		log(files.startLag(), this.startLags);
		log(files.heartbeat(), this.heartbeats);
		Files.writeString(files.timeline(), this.timeline);
		Files.writeString(files.steps(), this.steps);
		if (this.woken > 0) {
			Files.writeString(files.wakeUps(), this.wakeUps);
		}
	}

	Samples samples(Lane lane, @Nullable Integer carriers, double downstreamOnTime, double slowness, double swing,
			double swingOfLane, int everyMillis) {
		List<Long> starts = this.startMillis.stream().sorted().toList();
		List<Long> entries = this.ended.stream().map(Ended::enteredMillis).sorted().toList();
		List<Ended> ends = this.ended.stream().sorted(Comparator.comparingLong(Ended::atMillis)).toList();
		List<Sample> samples = new ArrayList<>();
		int started = 0;
		int entered = 0;
		int ended = 0;
		double servedMillis = 0;
		for (long now = this.begin; now <= this.clock; now += everyMillis) {
			while (started < starts.size() && starts.get(started) <= now) {
				started++;
			}
			while (entered < entries.size() && entries.get(entered) <= now) {
				entered++;
			}
			while (ended < ends.size() && ends.get(ended).atMillis() <= now) {
				servedMillis += ends.get(ended).serviceMicros() / 1000.0;
				ended++;
			}
			Map<Metric, Double> values = new EnumMap<>(Metric.class);
			values.put(Metric.LANE_CPU_MILLIS, 9000
					+ slowness * SimulatedCell.CPU_MS_PER_REQUEST * (ended + inTurn(started, swing + swingOfLane)));
			values.put(Metric.LANE_RSS_BYTES, 300e6 + Math.min(started, 2000) * 1e5);
			values.put(Metric.THREADS_LIVE, lane.threadBound() ? Math.min(230.0, 30 + started) : 24);
			values.put(Metric.GENERATOR_CPU_MILLIS,
					5000 + slowness * SimulatedCell.GENERATOR_CPU_MS_PER_REQUEST * (started + inTurn(started, swing)));
			values.put(Metric.COMPILATION_MILLIS, 6000.0);
			threads(lane, entered - ended, values);
			values.put(Metric.DOWNSTREAM_CPU_MILLIS, 3000 + slowness * ended * 0.3);
			values.put(Metric.ALLOCATED_BYTES, 80e6 + SimulatedCell.ALLOCATED_BYTES_PER_REQUEST * ended);
			values.put(Metric.GC_PAUSE_MILLIS, 40.0 + 5 * (ended / 1000));
			// Collected before every sample.
			values.put(Metric.GC_COUNT, (double) samples.size());
			values.put(Metric.HEAP_USED_BYTES, 100e6 + (started - ended) * SimulatedCell.HEAP_BYTES_PER_REQUEST);
			if (carriers != null) {
				values.put(Metric.VIRTUAL_PARALLELISM, carriers.doubleValue());
			}
			values.put(Metric.IN_FLIGHT, (double) (entered - ended));
			values.put(Metric.SERVER_COUNT, (double) ended);
			values.put(Metric.SERVER_MILLIS, servedMillis);
			values.put(Metric.DOWNSTREAM_COUNT, (double) ended);
			for (Metric metric : Metric.values()) {
				if (metric.name().startsWith("DOWNSTREAM_WITHIN")) {
					values.put(metric, ended * downstreamOnTime);
				}
			}
			samples.add(new Sample(now, values));
		}
		return new Samples(samples);
	}

	// How many requests more or less could have been served by now if every request took
	// as much, and not by some share more and less in turn.
	private static double inTurn(int started, double swing) {
		double turn = 2 * Math.PI / REQUESTS_IN_A_SWING;
		return swing / turn * (1 - Math.cos(turn * started));
	}

	// What Actuator shows of a lane that holds so many requests.
	private static void threads(Lane lane, int held, Map<Metric, Double> values) {
		values.put(Metric.THREADS_RUNNABLE, lane.threadBound() ? 11.0 + held : 11);
		values.put(Metric.THREADS_BLOCKED, 0.0);
		values.put(Metric.THREADS_WAITING, 6.0);
		values.put(Metric.THREADS_TIMED_WAITING, 9.0);
		switch (lane) {
			case MVC -> {
				values.put(Metric.TOMCAT_BUSY, (double) held);
				values.put(Metric.TOMCAT_MAX, 200.0);
			}
			case WEBFLUX -> values.put(Metric.VIRTUAL_CARRIERS, 0.0);
			case LOOM -> {
				values.put(Metric.VIRTUAL_CARRIERS, 2.0);
				values.put(Metric.VIRTUAL_MOUNTED, 1.0);
				values.put(Metric.VIRTUAL_QUEUED, 0.0);
			}
		}
	}

	private static long[] bin(Map<Integer, long[]> bins, long micros) {
		return bins.computeIfAbsent((int) (micros / BIN_MICROS), (index) -> new long[5]);
	}

	private static Histogram histogram(CellStep step, String suffix) {
		Histogram histogram = new Histogram(3);
		histogram.setTag(step.name().replace(' ', '_') + suffix);
		return histogram;
	}

	private static void log(Path file, List<Histogram> intervals) throws IOException {
		try (PrintStream stream = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
			HistogramLogWriter writer = new HistogramLogWriter(stream);
			writer.outputLogFormatVersion();
			writer.outputLegend();
			intervals.forEach(writer::outputIntervalHistogram);
		}
	}

	/**
	 * The end of a request.
	 *
	 * @param atMillis when
	 * @param enteredMillis when it was let in; whoever still waits has not been
	 * @param serviceMicros for how long it was in the lane
	 */
	private record Ended(long atMillis, long enteredMillis, long serviceMicros) {
	}

}
