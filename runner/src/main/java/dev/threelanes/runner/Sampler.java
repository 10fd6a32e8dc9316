package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.Sample;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * Looks at a cell's processes once a second: Actuator tells of threads, requests and
 * heap, the operating system of CPU time and resident memory, which are each process's
 * own.
 */
final class Sampler implements AutoCloseable {

	private static final long PERIOD_MILLIS = 1000;

	/** Looking at a lane that must be idle is work for it: rarely, then. */
	private static final long BYSTANDERS_PERIOD_MILLIS = 10_000;

	private final OperatingSystem system = new SystemInfo().getOperatingSystem();

	private final ScheduledExecutorService scheduler = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("sampler").factory());

	private final List<Sample> samples = new ArrayList<>();

	/** Of each generator by itself, where several share the load. */
	private final List<List<Sample>> ofInjectors = new ArrayList<>();

	private final Watched watched;

	private final InstantSource clock;

	private volatile long lastMillis;

	private volatile long bystandersMillis;

	private Sampler(Watched watched, InstantSource clock) {
		this.watched = watched;
		this.clock = clock;
		if (watched.generatorPids().size() > 1) {
			watched.generatorPids().forEach((pid) -> this.ofInjectors.add(new ArrayList<>()));
		}
	}

	static Sampler start(Watched watched) {
		return start(watched, SteadyClock.from(InstantSource.system()));
	}

	/**
	 * Looks from now on.
	 * @param watched what to look at
	 * @param clock tells when; it must not go back
	 * @return the sampler
	 */
	static Sampler start(Watched watched, InstantSource clock) {
		Sampler sampler = new Sampler(watched, clock);
		sampler.scheduler.scheduleAtFixedRate(sampler::sample, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
		return sampler;
	}

	/**
	 * What was seen so far.
	 * @return the samples, oldest first
	 */
	List<Sample> samples() {
		synchronized (this.samples) {
			return List.copyOf(this.samples);
		}
	}

	/**
	 * What was seen so far of one of the generators that share the load: its CPU time and
	 * memory.
	 * @param injector its number, from 0
	 * @return the samples, oldest first
	 */
	List<Sample> samples(int injector) {
		synchronized (this.samples) {
			return List.copyOf(this.ofInjectors.get(injector));
		}
	}

	@Override
	public void close() {
		this.scheduler.shutdownNow();
		boolean interrupted = false;
		try {
			this.scheduler.awaitTermination(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
			return;
		}
		// One more, so that the samples cover the last step to its last answer.
		this.lastMillis = 0;
		this.bystandersMillis = 0;
		sample();
	}

	private void sample() {
		long now = this.clock.millis();
		if (now - this.lastMillis < PERIOD_MILLIS / 2) {
			// A scrape that took long is no reason to catch up with a burst of others.
			return;
		}
		this.lastMillis = now;
		Map<Metric, Double> values = new EnumMap<>(Metric.class);
		processes(this.watched.lanePids(), Metric.LANE_CPU_MILLIS, Metric.LANE_RSS_BYTES, values);
		processes(this.watched.downstreamPids(), Metric.DOWNSTREAM_CPU_MILLIS, Metric.DOWNSTREAM_RSS_BYTES, values);
		processes(this.watched.generatorPids(), Metric.GENERATOR_CPU_MILLIS, Metric.GENERATOR_RSS_BYTES, values);
		actuator(this.watched.laneMetrics(),
				this.watched.lanePids().isEmpty() ? ScrapedMetric.LANE_AND_ITS_PROCESS : ScrapedMetric.LANE, values);
		if (!this.watched.bystanders().isEmpty() && now - this.bystandersMillis >= BYSTANDERS_PERIOD_MILLIS) {
			this.bystandersMillis = now;
			actuator(this.watched.bystanders(), ScrapedMetric.BYSTANDERS, values);
		}
		scrape(List.of(this.watched.downstreamMetrics()), ScrapedMetric.DOWNSTREAM, values);
		synchronized (this.samples) {
			this.samples.add(new Sample(now, values));
			for (int injector = 0; injector < this.ofInjectors.size(); injector++) {
				Map<Metric, Double> own = new EnumMap<>(Metric.class);
				processes(List.of(this.watched.generatorPids().get(injector)), Metric.GENERATOR_CPU_MILLIS,
						Metric.GENERATOR_RSS_BYTES, own);
				this.ofInjectors.get(injector).add(new Sample(now, own));
			}
		}
	}

	// Of several processes the sum, and nothing if one of them is gone.
	private void processes(List<Long> pids, Metric cpu, Metric rss, Map<Metric, Double> values) {
		double millis = 0;
		double bytes = 0;
		for (long pid : pids) {
			@Nullable OSProcess process = this.system.getProcess((int) pid);
			if (process == null) {
				return;
			}
			millis += process.getKernelTime() + process.getUserTime();
			bytes += process.getResidentMemory();
		}
		if (!pids.isEmpty()) {
			values.put(cpu, millis);
			values.put(rss, bytes);
		}
	}

	private static void actuator(List<URI> uris, List<ScrapedMetric> mappings, Map<Metric, Double> values) {
		scrape(uris.stream().map((uri) -> ScrapedMetric.only(uri, mappings)).toList(), mappings, values);
	}

	private static void scrape(List<URI> uris, List<ScrapedMetric> mappings, Map<Metric, Double> values) {
		List<PrometheusText> scrapes = new ArrayList<>();
		try {
			for (URI uri : uris) {
				scrapes.add(PrometheusText.parse(Http.get(uri)));
			}
			for (ScrapedMetric mapping : mappings) {
				mapping.sum(scrapes).ifPresent((value) -> values.put(mapping.metric(), value));
			}
		}
		catch (IOException ex) {
			// A figure that could not be had stays absent.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What to look at.
	 *
	 * @param lanePids the lane's processes; none if the run did not start it
	 * @param downstreamPids the downstream's process; none if the run did not start it
	 * @param generatorPids the processes of the generators that share the load, mostly
	 * one
	 * @param laneMetrics the metrics of each of the lane's processes; none if it tells
	 * none
	 * @param downstreamMetrics the downstream's metrics
	 * @param bystanders the metrics of other lanes, which must be idle; none where the
	 * lane is alone
	 */
	record Watched(List<Long> lanePids, List<Long> downstreamPids, List<Long> generatorPids, List<URI> laneMetrics,
			URI downstreamMetrics, List<URI> bystanders) {

		Watched {
			lanePids = List.copyOf(lanePids);
			downstreamPids = List.copyOf(downstreamPids);
			generatorPids = List.copyOf(generatorPids);
			laneMetrics = List.copyOf(laneMetrics);
			bystanders = List.copyOf(bystanders);
		}

		Watched(List<Long> lanePids, long downstreamPid, long generatorPid, List<URI> laneMetrics,
				URI downstreamMetrics) {
			this(lanePids, List.of(downstreamPid), List.of(generatorPid), laneMetrics, downstreamMetrics, List.of());
		}

	}

}
