package dev.threelanes.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Published;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import org.jspecify.annotations.Nullable;

/**
 * What the source of an experiment measured itself beside what was measured here. Both
 * are in units of D, since the source's D is another one in most profiles.
 */
public final class PublishedChart {

	private static final int DECIMALS = 2;

	private final Steps steps;

	private final Published published;

	private final double delayMs;

	private PublishedChart(ExperimentResult experiment, Published published, double delayMs) {
		this.steps = new Steps(experiment);
		this.published = published;
		this.delayMs = delayMs;
	}

	/**
	 * Draws the chart.
	 * @param experiment the experiment
	 * @return the chart, or nothing where the source published no such figures
	 */
	public static Optional<Chart> of(ExperimentResult experiment) {
		Integer delayMs = experiment.parameters().get(Parameter.DELAY_MS.id());
		return (delayMs != null) ? Catalogue.published(experiment.id())
			.map((published) -> new PublishedChart(experiment, published, delayMs).chart()) : Optional.empty();
	}

	private Chart chart() {
		return new Chart("Beside the source's own figures",
				"In units of D: %s s in the source, %s s here. Thick lines with full points were measured here, thin ones with empty points by the source."
					.formatted(Format.number(this.published.delaySeconds()), Format.number(this.delayMs / 1000)),
				option(), table());
	}

	private ChartOption option() {
		List<ChartOption.Line> lines = new ArrayList<>();
		List<String> legend = new ArrayList<>();
		for (Published.Series series : this.published.series()) {
			List<LaneResult> lanes = lanes(series);
			if (lanes.isEmpty()) {
				continue;
			}
			List<List<@Nullable Double>> points = new ArrayList<>();
			series.seconds()
				.forEach((users, seconds) -> points.add(Steps.point(users, seconds / this.published.delaySeconds())));
			lines.add(ChartOption.Line.minorPoints(source(series), this.steps.mark(lanes.getFirst()), points));
			legend.add(source(series));
			for (LaneResult lane : lanes) {
				LaneMark mark = this.steps.mark(lane);
				lines.add(ChartOption.Line.points(lane.title(), mark, Steps.points(lane, this::multiple)));
				legend.add(lane.title());
			}
		}
		return new ChartOption(ChartOption.Axis.horizontal("requests at once"),
				ChartOption.Axis.vertical("time to the last answer, in D"), lines, legend);
	}

	private Table table() {
		List<String> columns = new ArrayList<>(List.of("Requests at once"));
		SortedSet<Integer> users = new TreeSet<>();
		for (Published.Series series : this.published.series()) {
			columns.add(source(series) + " (s)");
			columns.add(source(series) + " (D)");
			lanes(series).forEach((lane) -> columns.add(lane.title() + " here (D)"));
			users.addAll(series.seconds().keySet());
		}
		List<Row> rows = new ArrayList<>();
		for (int number : users) {
			List<String> cells = new ArrayList<>();
			for (Published.Series series : this.published.series()) {
				Double seconds = series.seconds().get(number);
				cells.add(Format.number(seconds, DECIMALS));
				cells.add(Format.number((seconds != null) ? seconds / this.published.delaySeconds() : null, DECIMALS));
				for (LaneResult lane : lanes(series)) {
					StepResult step = Steps.at(lane, number);
					cells.add((step != null && !step.valid()) ? Format.INVALID
							: Format.number((step != null) ? multiple(step) : null, DECIMALS));
				}
			}
			rows.add(Row.of(Format.number((double) number, 0), cells));
		}
		return new Table("The source's figures and those of this run (%s)".formatted(this.published.source()), columns,
				true, rows);
	}

	private List<LaneResult> lanes(Published.Series series) {
		return this.steps.lanes().stream().filter((lane) -> series.contenders().contains(lane.lane())).toList();
	}

	private @Nullable Double multiple(StepResult step) {
		return (step.makespanMs() != null) ? step.makespanMs() / this.delayMs : null;
	}

	private static String source(Published.Series series) {
		return "source: " + series.title();
	}

}
