package dev.threelanes.runner;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.threelanes.report.cell.Metric;

/**
 * Where a figure stands in a scrape.
 *
 * @param metric the figure
 * @param name the name in Prometheus' format
 * @param scale what the scraped value is multiplied by
 * @param labels parts that the labels must contain
 */
record ScrapedMetric(Metric metric, String name, double scale, List<String> labels) {

	/** Of the application, and not of Actuator's own port. */
	private static final String API = "uri=\"/api";

	private static final double MILLIS_OF_A_NANO = 1e-6;

	/** What a JVM does not give until its first collection. */
	private static final Set<Metric> COLLECTIONS = EnumSet.of(Metric.GC_PAUSE_MILLIS, Metric.GC_COUNT);

	/** What a lane's Actuator says. */
	static final List<ScrapedMetric> LANE = List.of(of(Metric.THREADS_LIVE, "jvm_threads_live_threads"),
			of(Metric.THREADS_PEAK, "jvm_threads_peak_threads"), threads(Metric.THREADS_RUNNABLE, "runnable"),
			threads(Metric.THREADS_BLOCKED, "blocked"), threads(Metric.THREADS_WAITING, "waiting"),
			threads(Metric.THREADS_TIMED_WAITING, "timed-waiting"),
			of(Metric.TOMCAT_BUSY, "tomcat_threads_busy_threads"),
			of(Metric.TOMCAT_CURRENT, "tomcat_threads_current_threads"),
			of(Metric.TOMCAT_MAX, "tomcat_threads_config_max_threads"),
			of(Metric.VIRTUAL_MOUNTED, "jvm_threads_virtual_live_threads", 1, "scheduling_status=\"mounted\""),
			of(Metric.VIRTUAL_QUEUED, "jvm_threads_virtual_live_threads", 1, "scheduling_status=\"queued\""),
			of(Metric.VIRTUAL_CARRIERS, "jvm_threads_virtual_pool_size_threads"),
			of(Metric.VIRTUAL_PARALLELISM, "jvm_threads_virtual_parallelism"),
			of(Metric.IN_FLIGHT, "http_server_requests_active_seconds_count"),
			of(Metric.SERVER_COUNT, "http_server_requests_seconds_count", 1, API),
			of(Metric.SERVER_MILLIS, "http_server_requests_seconds_sum", 1000, API),
			of(Metric.COMPILATION_MILLIS, "jvm_compilation_time_ms_total"),
			of(Metric.HEAP_USED_BYTES, "jvm_memory_used_bytes", 1, "area=\"heap\""),
			of(Metric.HEAP_LIVE_BYTES, "jvm_gc_live_data_size_bytes"),
			of(Metric.GC_PAUSE_MILLIS, "jvm_gc_pause_seconds_sum", 1000),
			of(Metric.GC_COUNT, "jvm_gc_pause_seconds_count"),
			of(Metric.ALLOCATED_BYTES, "jvm_threads_allocated_bytes_total"));

	/**
	 * The same with the CPU time of its process, for where this system does not tell it:
	 * the JVM asks its own kernel.
	 */
	static final List<ScrapedMetric> LANE_AND_ITS_PROCESS = Stream
		.concat(LANE.stream(), Stream.of(of(Metric.LANE_CPU_MILLIS, "process_cpu_time_ns_total", MILLIS_OF_A_NANO)))
		.toList();

	/** What lanes say that must be idle while another one is measured. */
	static final List<ScrapedMetric> BYSTANDERS = List.of(
			of(Metric.BYSTANDERS_COUNT, "http_server_requests_seconds_count", 1, API),
			of(Metric.BYSTANDERS_CPU_MILLIS, "process_cpu_time_ns_total", MILLIS_OF_A_NANO));

	// What a summary or a counter adds to its own name in Prometheus' format.
	private static final Pattern SUFFIX = Pattern.compile("_(count|sum|total)$");

	/** What the downstream says of itself. */
	static final List<ScrapedMetric> DOWNSTREAM = List.of(
			of(Metric.DOWNSTREAM_IN_FLIGHT, "downstream_requests_in_flight"),
			of(Metric.DOWNSTREAM_COUNT, "downstream_delay_lateness_seconds_count"),
			lateness(Metric.DOWNSTREAM_WITHIN_1MS, "0.001"), lateness(Metric.DOWNSTREAM_WITHIN_2MS, "0.002"),
			lateness(Metric.DOWNSTREAM_WITHIN_5MS, "0.005"), lateness(Metric.DOWNSTREAM_WITHIN_10MS, "0.01"),
			lateness(Metric.DOWNSTREAM_WITHIN_25MS, "0.025"), lateness(Metric.DOWNSTREAM_WITHIN_50MS, "0.05"),
			lateness(Metric.DOWNSTREAM_WITHIN_100MS, "0.1"), of(Metric.DOWNSTREAM_FAULTS, "downstream_faults_total"));

	ScrapedMetric {
		labels = List.copyOf(labels);
	}

	/**
	 * Reads the figure.
	 * @param scraped the scrape
	 * @return the figure, or nothing where it is not given or says that it does not
	 * exist: Tomcat reports negative pool sizes when it has no pool, and the live heap is
	 * 0 until a collection has looked at it
	 */
	OptionalDouble read(PrometheusText scraped) {
		OptionalDouble value = scraped.sum(this.name, this.labels.toArray(String[]::new));
		boolean known = value.isPresent() && value.getAsDouble() >= 0
				&& (this.metric != Metric.HEAP_LIVE_BYTES || value.getAsDouble() > 0);
		return known ? OptionalDouble.of(value.getAsDouble() * this.scale) : OptionalDouble.empty();
	}

	/**
	 * Adds the figure up over several processes.
	 * @param scrapes what each of them said
	 * @return the sum, or nothing if one of them does not give the figure; only a
	 * collector that has not collected yet is no gap, and peaks of different moments have
	 * no sum
	 */
	OptionalDouble sum(List<PrometheusText> scrapes) {
		List<OptionalDouble> values = scrapes.stream().map(this::read).toList();
		List<OptionalDouble> known = values.stream().filter(OptionalDouble::isPresent).toList();
		boolean whole = known.size() == values.size() || COLLECTIONS.contains(this.metric);
		boolean additive = values.size() == 1 || this.metric != Metric.THREADS_PEAK;
		return (whole && additive && !known.isEmpty())
				? OptionalDouble.of(known.stream().mapToDouble(OptionalDouble::getAsDouble).sum())
				: OptionalDouble.empty();
	}

	/**
	 * Asks Actuator for some figures and no others: the lane pays for each that it tells,
	 * on virtual threads many times what it pays elsewhere.
	 * @param metrics where a lane tells its figures
	 * @param figures which are to be read
	 * @return where it tells these alone
	 */
	static URI only(URI metrics, List<ScrapedMetric> figures) {
		return URI.create(figures.stream()
			.map((figure) -> SUFFIX.matcher(figure.name()).replaceFirst(""))
			.distinct()
			.collect(Collectors.joining("&includedNames=", metrics + "?includedNames=", "")));
	}

	private static ScrapedMetric lateness(Metric metric, String bucket) {
		return of(metric, "downstream_delay_lateness_seconds_bucket", 1, "le=\"" + bucket + "\"");
	}

	private static ScrapedMetric threads(Metric metric, String state) {
		return of(metric, "jvm_threads_states_threads", 1, "state=\"" + state + "\"");
	}

	private static ScrapedMetric of(Metric metric, String name) {
		return of(metric, name, 1);
	}

	private static ScrapedMetric of(Metric metric, String name, double scale, String... labels) {
		return new ScrapedMetric(metric, name, scale, List.of(labels));
	}

}
