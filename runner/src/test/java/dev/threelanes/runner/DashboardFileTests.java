package dev.threelanes.runner;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.runner.Dashboard.Panel;
import dev.threelanes.runner.Dashboard.Query;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the files in {@code observe} against each other, against the catalogue and
 * against the documentation. Whether they show anything is in {@link DashboardTests}.
 */
class DashboardFileTests {

	private static final String DOWNSTREAM = "downstream";

	// Grafana's own names.
	private static final Set<String> UNITS = Set.of("short", "reqps", "s", "bytes", "Bps", "percentunit");

	private static final Pattern CODE = Pattern.compile("`([^`\\s]+)`");

	private final Dashboard dashboard = Dashboard.read();

	@Test
	void everyPanelHasATitleAUnitAndTheQuestionThatItAnswers() {
		assertThat(this.dashboard.panels()).extracting(Panel::title).doesNotHaveDuplicates().doesNotContain("");
		assertThat(this.dashboard.panels()).allSatisfy((panel) -> {
			assertThat(panel.unit()).isIn(UNITS);
			assertThat(panel.axis()).as("what is counted").satisfies((axis) -> {
				if (panel.unit().equals("short")) {
					assertThat(axis).isNotBlank();
				}
			});
			assertThat(panel.description()).contains("? ");
			assertThat(panel.series()).as("whose figures these are").isNotEmpty();
			assertThat(panel.series().equals(Set.of(DOWNSTREAM)) || lanes().containsAll(panel.series()))
				.as("either lanes or the downstream")
				.isTrue();
			assertThat(panel.queries()).isNotEmpty();
		});
	}

	@Test
	void everyAnswerIsCalledByItsLane() {
		assertThat(this.dashboard.panels())
			.allSatisfy((panel) -> assertThat(panel.queries()).extracting(Query::legend).allSatisfy((legend) -> {
				if (panel.oncePerLane()) {
					assertThat(panel.title()).contains("$lane");
					assertThat(legend).isNotBlank();
				}
				else {
					assertThat(legend).startsWith(panel.series().contains(DOWNSTREAM) ? "{{job}}" : "{{lane}}");
				}
			}));
	}

	@Test
	void lanesLookAsOnThePage() {
		assertThat(this.dashboard.panels())
			.filteredOn((panel) -> !panel.oncePerLane() && !panel.series().contains(DOWNSTREAM))
			.isNotEmpty()
			.allSatisfy((panel) -> {
				for (Lane lane : Lane.values()) {
					LaneMark mark = LaneMark.of(lane.id(), 0);
					JsonNode override = override(panel, "/^%s\\b/".formatted(lane.id()));
					assertThat(property(override, "color").path("mode").asString()).isEqualTo("fixed");
					assertThat(property(override, "color").path("fixedColor").asString()).isEqualTo(mark.color());
					assertThat(property(override, "custom.lineStyle").path("fill").asString())
						.isEqualTo(switch (mark.dash()) {
							case "solid" -> "solid";
							case "dashed" -> "dash";
							case "dotted" -> "dot";
							default -> throw new IllegalStateException("Not known to Grafana: " + mark.dash());
						});
				}
			});
	}

	@Test
	void theFirstRowTellsTheThreadsStory() {
		assertThat(this.dashboard.everything().getFirst().heading()).isTrue();
		assertThat(metrics(this.dashboard.firstRow())).contains("jvm_threads_live_threads",
				"jvm_threads_states_threads", "tomcat_threads_busy_threads", "jvm_threads_virtual_live_threads",
				"netty_eventexecutor_tasks_pending", "lane:http_server_requests_active:sum");
	}

	@Test
	void panelsHaveTheirOwnIdAndPlace() {
		assertThat(this.dashboard.everything()).extracting((panel) -> panel.json().path("id").asInt())
			.doesNotHaveDuplicates();
		List<Panel> panels = this.dashboard.everything();
		Set<String> cells = new TreeSet<>();
		for (Panel panel : panels) {
			JsonNode place = panel.json().path("gridPos");
			for (int x = place.path("x").asInt(); x < place.path("x").asInt() + place.path("w").asInt(); x++) {
				assertThat(x).as(panel.title()).isBetween(0, 23);
				for (int y = place.path("y").asInt(); y < place.path("y").asInt() + place.path("h").asInt(); y++) {
					assertThat(cells.add(x + "," + y)).as(panel.title() + " covers another panel").isTrue();
				}
			}
		}
	}

	@Test
	void theVariableOffersTheLanesOfTheCatalogue() {
		JsonNode variable = this.dashboard.json().at("/templating/list/0");
		assertThat(variable.path("name").asString()).isEqualTo("lane");
		assertThat(variable.path("query").asString()).isEqualTo(String.join(",", lanes()));
	}

	@Test
	void noQueryDependsOnMoreThanTheChosenLanes() {
		assertThat(this.dashboard.panels()).flatExtracting(Panel::queries)
			.allSatisfy((query) -> assertThat(query.of(List.of(Lane.values()))).isNotBlank().doesNotContain("$"));
	}

	@Test
	void whatIsAskedForIsTold() throws IOException {
		Set<String> asked = metrics(this.dashboard.panels());
		rules().forEach((rule) -> asked.addAll(PromQl.metrics(rule.path("expr").asString())));
		Set<String> told = CODE.matcher(Files.readString(SmokeRun.INSTALLATION.home().resolve("docs/metrics.md")))
			.results()
			.map((match) -> match.group(1))
			.collect(Collectors.toSet());
		assertThat(asked).hasSizeGreaterThan(20).isSubsetOf(told);
	}

	@Test
	void everyRuleIsOfUseAndHasItsCase() throws IOException {
		Set<String> recorded = rules().map((rule) -> rule.path("record").asString())
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> used = metrics(this.dashboard.panels());
		rules().forEach((rule) -> used.addAll(PromQl.metrics(rule.path("expr").asString())));
		assertThat(recorded).isNotEmpty().isSubsetOf(used);
		Set<String> tried = each(yaml("rules-test.yml").path("tests"))
			.flatMap((test) -> each(test.path("promql_expr_test")))
			.flatMap((attempt) -> PromQl.metrics(attempt.path("expr").asString()).stream())
			.collect(Collectors.toSet());
		assertThat(recorded).isEqualTo(tried);
		assertThat(used.stream().filter((name) -> name.contains(":"))).as("recorded by a rule").isSubsetOf(recorded);
	}

	@Test
	void everyLaneAndTheDownstreamAreLookedAt() throws IOException {
		List<JsonNode> jobs = each(yaml("prometheus.yml").path("scrape_configs")).toList();
		assertThat(jobs).extracting((job) -> job.path("job_name").asString()).containsExactly("lanes", DOWNSTREAM);
		assertThat(jobs.getFirst().path("metrics_path").asString()).isEqualTo("/actuator/prometheus");
		assertThat(each(jobs.getFirst().path("static_configs")).map((target) -> "%s of %s"
			.formatted(target.at("/targets/0").asString(), target.at("/labels/lane").asString())))
			.containsExactlyElementsOf(lanes().stream().map((lane) -> "%s:9080 of %s".formatted(lane, lane)).toList());
		assertThat(jobs.getLast().path("metrics_path").asString()).isEqualTo("/metrics");
		assertThat(jobs.getLast().at("/static_configs/0/targets/0").asString()).isEqualTo("downstream:8090");
	}

	@Test
	void everyPanelAsksTheSourceThatIsProvisioned() throws IOException {
		String source = yaml("grafana/provisioning/datasources/prometheus.yml").at("/datasources/0/uid").asString();
		List<String> asked = new ArrayList<>();
		this.dashboard.panels().forEach((panel) -> {
			asked.add(panel.json().at("/datasource/uid").asString());
			each(panel.json().path("targets")).forEach((target) -> asked.add(target.at("/datasource/uid").asString()));
		});
		assertThat(asked).isNotEmpty().containsOnly(source);
	}

	@Test
	void findsTheMetricsOfAnExpression() {
		assertThat(
				PromQl.metrics("sum by (lane, le) (rate(a_total{lane=~\"b_c|d\", x!=\"}\"}[10s])) / 1e9 or lane:e:f * 0"
						+ " unless on (lane) (max without (id) (g >= 0) * NaN)"))
			.containsExactly("a_total", "g", "lane:e:f");
	}

	private static Set<String> metrics(List<Panel> panels) {
		return panels.stream()
			.flatMap((panel) -> panel.queries().stream())
			.flatMap((query) -> PromQl.metrics(query.expression()).stream())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static JsonNode override(Panel panel, String series) {
		return each(panel.json().at("/fieldConfig/overrides"))
			.filter((override) -> override.at("/matcher/id").asString().equals("byRegexp")
					&& override.at("/matcher/options").asString().equals(series))
			.findFirst()
			.orElseThrow(() -> new AssertionError("%s has no colour for %s".formatted(panel, series)));
	}

	private static JsonNode property(JsonNode override, String id) {
		return each(override.path("properties")).filter((property) -> property.path("id").asString().equals(id))
			.map((property) -> property.path("value"))
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no " + id));
	}

	private static List<String> lanes() {
		return Stream.of(Lane.values()).map(Lane::id).toList();
	}

	private static Stream<JsonNode> rules() throws IOException {
		return each(yaml("rules.yml").path("groups")).flatMap((group) -> each(group.path("rules")));
	}

	private static Stream<JsonNode> each(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false);
	}

	private static JsonNode yaml(String file) throws IOException {
		Path path = Dashboard.FOLDER.resolve(file);
		try (Reader reader = Files.newBufferedReader(path)) {
			Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
			return new JsonMapper().valueToTree(document);
		}
	}

}
