package dev.threelanes.runner;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.threelanes.experiments.Lane;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dashboard that Grafana is given, as far as tests look at it.
 *
 * @param json its file
 */
record Dashboard(JsonNode json) {

	static final Path FOLDER = SmokeRun.INSTALLATION.home().resolve("observe");

	private static final JsonMapper JSON = new JsonMapper();

	static Dashboard read() {
		return new Dashboard(JSON.readTree(FOLDER.resolve("grafana/dashboards/three-lanes.json").toFile()));
	}

	/**
	 * Everything on it, headings of rows among it.
	 * @return panels and headings in their order
	 */
	List<Panel> everything() {
		return each(this.json.path("panels")).map(Panel::new).toList();
	}

	/**
	 * What shows figures.
	 * @return the panels
	 */
	List<Panel> panels() {
		return everything().stream().filter((panel) -> !panel.heading()).toList();
	}

	/**
	 * What shows figures below the first heading.
	 * @return the panels
	 */
	List<Panel> firstRow() {
		return everything().stream().skip(1).takeWhile((panel) -> !panel.heading()).toList();
	}

	private static Stream<JsonNode> each(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false);
	}

	/**
	 * A chart, or the heading of a row.
	 *
	 * @param json its part of the file
	 */
	record Panel(JsonNode json) {

		// For whoever reads it on the dashboard, and for the test that holds it to that.
		private static final Pattern SERIES = Pattern.compile("Series: ([a-z]+(?:, [a-z]+)*)\\.$");

		boolean heading() {
			return this.json.path("type").asString().equals("row");
		}

		String title() {
			return this.json.path("title").asString();
		}

		String description() {
			return this.json.path("description").asString();
		}

		String unit() {
			return this.json.at("/fieldConfig/defaults/unit").asString("");
		}

		String axis() {
			return this.json.at("/fieldConfig/defaults/custom/axisLabel").asString("");
		}

		/**
		 * Whether Grafana draws it once for each lane.
		 * @return {@code true} if so
		 */
		boolean oncePerLane() {
			return this.json.path("repeat").asString("").equals("lane");
		}

		/**
		 * Whose figures it says that it shows.
		 * @return names of lanes, or the downstream's
		 */
		Set<String> series() {
			Matcher matcher = SERIES.matcher(description());
			return matcher.find() ? new TreeSet<>(List.of(matcher.group(1).split(", "))) : Set.of();
		}

		List<Query> queries() {
			return each(this.json.path("targets"))
				.map((target) -> new Query(target.path("expr").asString(), target.path("legendFormat").asString("")))
				.toList();
		}

		@Override
		public String toString() {
			return title();
		}

	}

	/**
	 * What a panel asks Prometheus.
	 *
	 * @param expression the question, in PromQL with Grafana's variables
	 * @param legend what its answers are called
	 */
	record Query(String expression, String legend) {

		/**
		 * Whether it only names those that have no such figure.
		 * @return {@code true} if so
		 */
		boolean namesWhoHasNone() {
			return this.legend.contains(": no ");
		}

		/**
		 * The question as Grafana asks it.
		 * @param lanes the lanes that are chosen
		 * @return the expression without variables
		 */
		String of(Collection<Lane> lanes) {
			return this.expression.replace("$lane",
					lanes.stream().map(Lane::id).collect(Collectors.joining("|", "(", ")")));
		}

	}

}
