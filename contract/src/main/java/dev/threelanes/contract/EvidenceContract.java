package dev.threelanes.contract;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a lane tells of itself: that it is what it says, and the metrics to watch it by.
 */
public abstract class EvidenceContract extends LaneTest {

	private static final List<String> METRICS = List.of("http_server_requests_seconds_count",
			"http_server_requests_active_seconds_count", "http_client_requests_seconds_count",
			"http_client_requests_active_seconds_count", "downstream_connections", "lane_permits",
			"lane_events_waiting", "jvm_threads_live_threads", "jvm_threads_peak_threads", "jvm_threads_states_threads",
			"jvm_threads_virtual_live_threads", "jvm_threads_virtual_parallelism",
			"jvm_threads_virtual_pool_size_threads", "jvm_threads_virtual_pinned_seconds_count",
			"jvm_memory_used_bytes", "jvm_gc_memory_allocated_bytes_total", "process_cpu_time_ns_total",
			"process_cpu_usage", "process_files_open_files", "process_files_max_files");

	private static final Pattern UNRELEASED = Pattern.compile("(?i)snapshot|[.-](?:m\\d|rc|cr\\d|alpha|beta)");

	protected EvidenceContract(Lane lane) {
		super(lane);
	}

	@Test
	void whoamiTellsWhatTheLaneIs() {
		Map<String, Object> whoami = JsonPath.read(get("/api/whoami").body(), "$");
		assertThat(whoami).containsEntry("lane", lane().laneName())
			.containsEntry("settings", "aligned")
			.containsEntry("virtual", lane().virtual())
			.containsEntry("server", lane().server())
			.containsEntry("jdk", Runtime.version().toString())
			.containsEntry("processors", Runtime.getRuntime().availableProcessors())
			.containsEntry("pid", Math.toIntExact(ProcessHandle.current().pid()))
			.containsEntry("heapMaxBytes", number(Runtime.getRuntime().maxMemory()))
			.containsEntry("gc",
					ManagementFactory.getGarbageCollectorMXBeans().stream().map((gc) -> gc.getName()).toList());
		assertThat(whoami.keySet()).containsExactly("lane", "settings", "thread", "virtual", "server", "serverVersion",
				"jdk", "processors", "gc", "heapMaxBytes", "pid", "limits");
		assertThat((String) whoami.get("thread")).isNotEmpty();
		assertThat((String) whoami.get("serverVersion")).matches("\\d+\\.\\d+\\..*");
	}

	@Test
	void limitsAreTheSameButForTheThreads() {
		Map<String, Integer> expected = new TreeMap<>(lane().workers());
		expected.put("maxConnections", 10000);
		expected.put("backlog", 1000);
		expected.put("keepAliveTimeoutMs", 120000);
		expected.put("requestTimeoutMs", 10000);
		expected.put("clientMaxConnections", 10000);
		expected.put("clientAcquireTimeoutMs", 10000);
		expected.put("clientConnectTimeoutMs", 2000);
		expected.put("clientResponseTimeoutMs", 35000);
		expected.put("clientCallTimeoutMs", 75000);
		expected.put("clientMaxIdleMs", 30000);
		expected.put("dbMaxConnections", 10);
		expected.put("permits", 2);
		expected.put("maxRequests", 0);
		Map<String, Integer> limits = JsonPath.read(get("/api/whoami").body(), "$.limits");
		assertThat(limits).containsExactlyInAnyOrderEntriesOf(expected);
	}

	@Test
	void managementHasTheseEndpointsOnly() {
		Map<String, Object> links = JsonPath.read(getFromManagement("/actuator").body(), "$._links");
		assertThat(links).containsOnlyKeys("self", "health", "health-path", "info", "metrics",
				"metrics-requiredMetricName", "prometheus", "threaddump");
	}

	@ParameterizedTest
	@ValueSource(strings = { "env", "beans", "heapdump", "loggers", "configprops", "mappings", "shutdown" })
	void managementHasNoOther(String endpoint) {
		assertThat(getFromManagement("/actuator/" + endpoint).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/liveness", "/readiness" })
	void laneIsHealthy(String probe) {
		Answer answer = getFromManagement("/actuator/health" + probe);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(JsonPath.<String>read(answer.body(), "$.status")).isEqualTo("UP");
	}

	@Test
	void billOfMaterialsNamesReleasedVersionsOnly() throws IOException {
		try (InputStream bill = getClass().getResourceAsStream("/META-INF/sbom/application.cdx.json")) {
			DocumentContext json = JsonPath.parse(bill);
			assertThat(json.<String>read("$.bomFormat")).isEqualTo("CycloneDX");
			assertThat(json.<String>read("$.metadata.component.name")).isEqualTo(lane().laneName() + "-app");
			assertThat(json.<List<String>>read("$.components[*].name")).contains("spring-boot", "spring-web");
			assertThat(json.<List<String>>read("$.components[*].version"))
				.allSatisfy((version) -> assertThat(version).doesNotContainPattern(UNRELEASED));
		}
	}

	@Test
	void threadDumpNamesThreads() {
		List<String> names = JsonPath.read(getFromManagement("/actuator/threaddump").body(), "$.threads[*].threadName");
		assertThat(names).contains("main");
	}

	@Test
	void metricsAreThere() {
		get("/api/call?delayMs=0");
		assertThat(metrics().keySet()).containsAll(METRICS).containsAll(lane().metrics());
	}

	@Test
	void whatRequestsAllocateIsCountedAtOnce() {
		get("/api/call?delayMs=0");
		double before = allocated();
		for (int call = 0; call < 20; call++) {
			get("/api/call?delayMs=0");
		}
		// A kilobyte each at the very least, and no collection is waited for.
		assertThat(allocated() - before).isGreaterThan(20 * 1024);
	}

	private double allocated() {
		return metrics().getOrDefault("jvm_threads_allocated_bytes_total", Double.NaN);
	}

	@Test
	void requestsInFlightAreCountedAndNoOthers() {
		List<CompletableFuture<Answer>> callers = Stream.generate(() -> getLater("/api/call?delayMs=2500"))
			.limit(5)
			.toList();
		await().untilAsserted(() -> assertThat(metrics()).containsEntry("http_server_requests_active_seconds_count", 5d)
			.containsEntry("http_client_requests_active_seconds_count", 5d));
		callers.forEach(CompletableFuture::join);
		await()
			.untilAsserted(() -> assertThat(metrics()).containsEntry("http_server_requests_active_seconds_count", 0d));
	}

	/**
	 * Reads the metrics as Prometheus does.
	 * @return their values by name, summed over their labels
	 */
	private Map<String, Double> metrics() {
		Map<String, Double> values = new TreeMap<>();
		Arrays.stream(getFromManagement("/actuator/prometheus").body().split("\n"))
			.filter((line) -> !line.startsWith("#"))
			.forEach((line) -> values.merge(line.split("[{ ]")[0],
					Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)), Double::sum));
		return values;
	}

	private static Number number(long value) {
		return (value <= Integer.MAX_VALUE) ? (Number) Math.toIntExact(value) : (Number) value;
	}

}
