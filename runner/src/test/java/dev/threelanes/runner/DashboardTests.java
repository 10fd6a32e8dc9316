package dev.threelanes.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.threelanes.experiments.Lane;
import dev.threelanes.runner.Dashboard.Panel;
import dev.threelanes.runner.Dashboard.Query;
import dev.threelanes.runner.PrometheusProcess.Series;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks a real Prometheus, which looks at real lanes with the project's own configuration
 * and rules, every question of the dashboard: no panel is empty, and none shows the
 * figures of a lane that it does not name.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DashboardTests {

	/** Rates need a few looks, and a busy machine takes its time for each. */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final List<Lane> ALL = List.of(Lane.values());

	// Below 32,768, where Linux begins to give ports to outgoing connections.
	private static final Ports PORTS = new Ports(ThreadLocalRandom.current().nextInt(20_000, 30_000));

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private static Path folder;

	@SuppressWarnings("NullAway.Init")
	private static PrometheusProcess prometheus;

	@SuppressWarnings("NullAway.Init")
	private static WatchedLanes lanes;

	@BeforeAll
	static void start() throws Exception {
		// First, because without it there is nothing to start lanes for.
		prometheus = PrometheusProcess.start(configuration(), PORTS.base(), folder);
		lanes = WatchedLanes.start(PORTS, folder);
	}

	@AfterAll
	@SuppressWarnings("NullAway")
	static void stop() {
		if (lanes != null) {
			lanes.close();
		}
		if (prometheus != null) {
			prometheus.close();
		}
	}

	@Test
	void configurationAndRulesPassTheToolsOfPrometheus() throws Exception {
		assertThat(PrometheusProcess.promtool(Dashboard.FOLDER, "check", "config", "prometheus.yml"))
			.contains("1 rule files found")
			.endsWith("status 0");
		assertThat(PrometheusProcess.promtool(Dashboard.FOLDER, "check", "rules", "rules.yml")).contains("rules found")
			.endsWith("status 0");
		assertThat(PrometheusProcess.promtool(Dashboard.FOLDER, "test", "rules", "rules-test.yml")).contains("SUCCESS")
			.endsWith("status 0");
	}

	@Test
	void everyLaneAndTheDownstreamTellTheirFigures() {
		await(() -> {
			List<String> healthy = new ArrayList<>();
			for (JsonNode target : prometheus.ask("targets?state=active").path("activeTargets")) {
				assertThat(target.path("health").asString()).as(target.path("lastError").asString()).isEqualTo("up");
				JsonNode labels = target.path("labels");
				healthy.add(labels.path("lane").asString(labels.path("job").asString()));
			}
			assertThat(healthy).containsExactlyInAnyOrder("mvc", "webflux", "loom", "downstream");
		});
	}

	@Test
	void noQueryOfAnyPanelIsEmpty() {
		await(() -> assertThat(
				Dashboard.read().panels().stream().flatMap((panel) -> complaints(panel, panel.queries())).toList())
			.isEmpty());
	}

	@Test
	void everyRuleRecordsAFigureOfEveryLaneOrOfTheDownstream() {
		await(() -> {
			List<String> recorded = new ArrayList<>();
			for (JsonNode group : prometheus.ask("rules").path("groups")) {
				for (JsonNode rule : group.path("rules")) {
					assertThat(rule.path("health").asString()).as(rule.path("lastError").asString()).isEqualTo("ok");
					recorded.add(rule.path("name").asString());
				}
			}
			assertThat(recorded).isNotEmpty().allSatisfy((rule) -> {
				List<Series> answer = prometheus.query(rule);
				assertThat(answer).extracting(Series::of)
					.containsExactlyInAnyOrderElementsOf(
							rule.startsWith("lane:") ? ALL.stream().map(Lane::id).toList() : List.of("downstream"));
				assertThat(answer).extracting(Series::value).allMatch(Double::isFinite);
			});
		});
	}

	@Test
	void theCallersThatWaitAreSeenWhereEachLaneHoldsThem() {
		await(() -> {
			for (Lane lane : ALL) {
				assertThat(figure("Callers that wait for an event", lane)).isEqualTo(WatchedLanes.WAITERS);
				assertThat(figure("Requests in progress", lane)).isGreaterThanOrEqualTo(WatchedLanes.WAITERS);
				assertThat(figure("Permits taken", lane)).isBetween(0.0, 2.0);
			}
			assertThat(figure("Request threads of Tomcat", Lane.MVC)).isGreaterThanOrEqualTo(WatchedLanes.WAITERS);
			// A thread each, or none.
			assertThat(figure("Platform threads", Lane.MVC)).isGreaterThan(figure("Platform threads", Lane.LOOM));
			assertThat(figure("Answers other than 2xx", Lane.WEBFLUX)).isPositive();
		});
	}

	@Test
	void aQueryThatNobodyAnswersIsFound() {
		Panel panel = panel("Platform threads");
		Query misspelt = new Query("sum by (lane) (jvm_thread_live_threads{lane=~\"$lane\"})", "{{lane}}");
		assertThat(complaints(panel, List.of(misspelt)))
			.contains("Platform threads, [mvc, webflux, loom]: figures of [] and not of [loom, mvc, webflux]");
	}

	@Test
	void aQueryOfALaneThatThePanelDoesNotNameIsFound() {
		// Without its condition loom's -1, which is no size of a pool, would be drawn.
		Panel panel = panel("Request threads of Tomcat");
		Query unconditional = new Query("sum by (lane) (tomcat_threads_busy_threads{lane=~\"$lane\"})",
				"{{lane}} busy");
		await(() -> assertThat(complaints(panel, List.of(unconditional)))
			.contains("Request threads of Tomcat, [mvc, webflux, loom]: figures of [loom, mvc] and not of [mvc]"));
	}

	// Of all lanes at once, and of each alone, since a reader may choose.
	private static Stream<String> complaints(Panel panel, List<Query> queries) {
		Stream<List<Lane>> choices = Stream.concat(panel.oncePerLane() ? Stream.empty() : Stream.of(ALL),
				ALL.stream().map(List::of));
		return choices.flatMap((chosen) -> queries.stream().flatMap((query) -> complaint(panel, query, chosen)));
	}

	private static Stream<String> complaint(Panel panel, Query query, List<Lane> chosen) {
		Set<String> wanted = new TreeSet<>();
		for (Lane lane : chosen) {
			if (panel.series().contains(lane.id()) != query.namesWhoHasNone()) {
				wanted.add(lane.id());
			}
		}
		if (panel.series().contains("downstream")) {
			wanted = panel.series();
		}
		Set<String> answered = new TreeSet<>();
		for (Series series : prometheus.query(query.of(chosen))) {
			if (query.namesWhoHasNone() ? Double.isNaN(series.value()) : Double.isFinite(series.value())) {
				answered.add(series.of());
			}
			else {
				answered.add(series.of() + " with " + series.value());
			}
		}
		return answered.equals(wanted) ? Stream.empty() : Stream.of("%s, %s: figures of %s and not of %s"
			.formatted(panel, chosen.stream().map(Lane::id).toList(), answered, wanted));
	}

	private static double figure(String title, Lane lane) {
		Query query = panel(title).queries().getFirst();
		List<Series> answer = prometheus.query(query.of(List.of(lane)));
		assertThat(answer).as(title).singleElement().extracting(Series::of).isEqualTo(lane.id());
		return answer.getFirst().value();
	}

	private static Panel panel(String title) {
		return Dashboard.read()
			.panels()
			.stream()
			.filter((panel) -> panel.title().equals(title))
			.findFirst()
			.orElseThrow();
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(assertion);
	}

	// The project's own, but for where everybody is.
	private static Path configuration() throws Exception {
		String text = Files.readString(Dashboard.FOLDER.resolve("prometheus.yml"));
		for (Lane lane : ALL) {
			text = moved(text, lane.id() + ":9080", PORTS.management(lane));
		}
		text = moved(text, "downstream:8090", PORTS.downstream());
		Files.copy(Dashboard.FOLDER.resolve("rules.yml"), folder.resolve("rules.yml"));
		return Files.writeString(folder.resolve("prometheus.yml"), text);
	}

	private static String moved(String text, String target, int port) {
		assertThat(text).containsOnlyOnce(target);
		return text.replace(target, "127.0.0.1:" + port);
	}

}
