package dev.threelanes.report.cell;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A figure that is sampled while a cell runs: one column of {@code samples.csv}.
 */
public enum Metric {

	/** CPU time that the lane's process has used since it started. */
	LANE_CPU_MILLIS("laneCpuMillis", "ms", "CPU time of the lane", true),

	/** Resident memory of the lane's process. */
	LANE_RSS_BYTES("laneRssBytes", "B", "Resident memory of the lane", false),

	/** CPU time that the downstream's process has used. */
	DOWNSTREAM_CPU_MILLIS("downstreamCpuMillis", "ms", "CPU time of the downstream", true),

	/** Resident memory of the downstream's process. */
	DOWNSTREAM_RSS_BYTES("downstreamRssBytes", "B", "Resident memory of the downstream", false),

	/** CPU time that the load generator's process has used. */
	GENERATOR_CPU_MILLIS("generatorCpuMillis", "ms", "CPU time of the generator", true),

	/** Resident memory of the load generator's process. */
	GENERATOR_RSS_BYTES("generatorRssBytes", "B", "Resident memory of the generator", false),

	/** Live platform threads of the lane; virtual ones are not among them. */
	THREADS_LIVE("threadsLive", "threads", "Live platform threads", false),

	/** The most platform threads that the lane ever had at once. */
	THREADS_PEAK("threadsPeak", "threads", "Peak of live platform threads", false),

	/** Platform threads of the lane that run or could run. */
	THREADS_RUNNABLE("threadsRunnable", "threads", "Runnable platform threads", false),

	/** Platform threads of the lane that wait for a monitor. */
	THREADS_BLOCKED("threadsBlocked", "threads", "Blocked platform threads", false),

	/** Platform threads of the lane that wait without a limit. */
	THREADS_WAITING("threadsWaiting", "threads", "Waiting platform threads", false),

	/** Platform threads of the lane that wait with a limit. */
	THREADS_TIMED_WAITING("threadsTimedWaiting", "threads", "Platform threads in a timed wait", false),

	/** Request threads of Tomcat that hold a request. */
	TOMCAT_BUSY("tomcatBusy", "threads", "Busy Tomcat threads", false),

	/** Request threads that Tomcat has. */
	TOMCAT_CURRENT("tomcatCurrent", "threads", "Tomcat threads", false),

	/** The most request threads that Tomcat may have. */
	TOMCAT_MAX("tomcatMax", "threads", "Limit of Tomcat threads", false),

	/** Virtual threads on a carrier; parked ones are in no metric. */
	VIRTUAL_MOUNTED("virtualMounted", "threads", "Mounted virtual threads", false),

	/** Virtual threads that could run and wait for a carrier. */
	VIRTUAL_QUEUED("virtualQueued", "threads", "Queued virtual threads", false),

	/** Platform threads that carry virtual ones. */
	VIRTUAL_CARRIERS("virtualCarriers", "threads", "Carriers of virtual threads", false),

	/** As how many carriers the JVM means to have. */
	VIRTUAL_PARALLELISM("virtualParallelism", "threads", "Intended carriers of virtual threads", false),

	/** Requests that the lane has begun to handle and not yet answered. */
	IN_FLIGHT("inFlight", "requests", "Requests in flight in the lane", false),

	/** Requests that the lane has handled, as its server counts them. */
	SERVER_COUNT("serverCount", "requests", "Requests handled by the lane", true),

	/** Time that the lane has spent on them, as its server measures it. */
	SERVER_MILLIS("serverMillis", "ms", "Time in requests as the lane sees it", true),

	/** Time that the lane's JVM has spent on compiling its code. */
	COMPILATION_MILLIS("compilationMillis", "ms", "Time in the JIT compiler", true),

	/** Used heap of the lane, garbage included. */
	HEAP_USED_BYTES("heapUsedBytes", "B", "Used heap", false),

	/** Heap of the lane that the last collection left. */
	HEAP_LIVE_BYTES("heapLiveBytes", "B", "Live heap after a collection", false),

	/** Time that the lane's collections have paused it. */
	GC_PAUSE_MILLIS("gcPauseMillis", "ms", "Time in collection pauses", true),

	/** Collections of the lane's heap. */
	GC_COUNT("gcCount", "collections", "Collections", true),

	/** What all threads of the lane have allocated, ended ones too. */
	ALLOCATED_BYTES("allocatedBytes", "B", "Allocated by the lane", true),

	/** Requests that other lanes handled, which stand beside the measured one. */
	BYSTANDERS_COUNT("bystandersCount", "requests", "Requests handled by lanes that should be idle", true),

	/** CPU time of other lanes, which stand beside the measured one. */
	BYSTANDERS_CPU_MILLIS("bystandersCpuMillis", "ms", "CPU time of lanes that should be idle", true),

	/** Requests that the downstream delays. */
	DOWNSTREAM_IN_FLIGHT("downstreamInFlight", "requests", "Requests in flight in the downstream", false),

	/** Answers that the downstream has given. */
	DOWNSTREAM_COUNT("downstreamCount", "answers", "Answers of the downstream", true),

	/** Requests that the downstream failed because it was told to. */
	DOWNSTREAM_FAULTS("downstreamFaults", "requests", "Faults of the downstream on demand", true),

	/** Answers that the downstream gave at most 1 ms late. */
	DOWNSTREAM_WITHIN_1MS("downstreamWithin1ms", "answers", "Answers of the downstream at most 1 ms late", true),

	/** Answers that the downstream gave at most 2 ms late. */
	DOWNSTREAM_WITHIN_2MS("downstreamWithin2ms", "answers", "Answers of the downstream at most 2 ms late", true),

	/** Answers that the downstream gave at most 5 ms late. */
	DOWNSTREAM_WITHIN_5MS("downstreamWithin5ms", "answers", "Answers of the downstream at most 5 ms late", true),

	/** Answers that the downstream gave at most 10 ms late. */
	DOWNSTREAM_WITHIN_10MS("downstreamWithin10ms", "answers", "Answers of the downstream at most 10 ms late", true),

	/** Answers that the downstream gave at most 25 ms late. */
	DOWNSTREAM_WITHIN_25MS("downstreamWithin25ms", "answers", "Answers of the downstream at most 25 ms late", true),

	/** Answers that the downstream gave at most 50 ms late. */
	DOWNSTREAM_WITHIN_50MS("downstreamWithin50ms", "answers", "Answers of the downstream at most 50 ms late", true),

	/** Answers that the downstream gave at most 100 ms late. */
	DOWNSTREAM_WITHIN_100MS("downstreamWithin100ms", "answers", "Answers of the downstream at most 100 ms late", true);

	private static final Map<String, Metric> BY_COLUMN = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap(Metric::column, Function.identity()));

	private final String column;

	private final String unit;

	private final String title;

	private final boolean cumulative;

	Metric(String column, String unit, String title, boolean cumulative) {
		this.column = column;
		this.unit = unit;
		this.title = title;
		this.cumulative = cumulative;
	}

	/**
	 * The name of the column.
	 * @return the name, the same in every version of the file
	 */
	public String column() {
		return this.column;
	}

	/**
	 * The unit of the values.
	 * @return the unit
	 */
	public String unit() {
		return this.unit;
	}

	/**
	 * The metric's name for people.
	 * @return the title
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Whether the value only grows, so that differences of it are what matters.
	 * @return {@code true} for a counter, {@code false} for a gauge
	 */
	public boolean cumulative() {
		return this.cumulative;
	}

	static @Nullable Metric ofColumn(String column) {
		return BY_COLUMN.get(column);
	}

}
