package dev.threelanes.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.estimate.Percentile;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.Figures;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The percentile spectrum: all latencies of one step, on a scale that gives the tail as
 * much room as the body. Histograms of all forks are merged and never averaged. (G. Tene,
 * "How NOT to Measure Latency", 2013.)
 */
public final class SpectrumChart {

	private static final double[] PERCENTILES = { 0, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.99,
			99.999 };

	private final Steps steps;

	private final String step;

	private final Map<LaneResult, List<Percentile>> spectra;

	private SpectrumChart(Steps steps, String step, Map<LaneResult, List<Percentile>> spectra) {
		this.steps = steps;
		this.step = step;
		this.spectra = spectra;
	}

	/**
	 * Draws the chart of the highest load at which the most lanes are valid.
	 * @param experiment the experiment
	 * @param cells its cells
	 * @return the chart, or nothing if no lane has a valid step whose users arrive one
	 * after the other
	 */
	public static Optional<Chart> of(ExperimentResult experiment, List<LoadedCell> cells) {
		Steps steps = new Steps(experiment);
		return loudest(steps).map((name) -> {
			Map<LaneResult, List<Percentile>> spectra = new LinkedHashMap<>();
			for (LaneResult lane : steps.lanes()) {
				if (valid(lane, name)) {
					spectra.put(lane, spectrum(latency(cells, lane, name)));
				}
			}
			SpectrumChart chart = new SpectrumChart(steps, name, spectra);
			return new Chart("Percentile spectrum at %s".formatted(name),
					"How long the slowest answers took, ever fewer of them to the right. A flat line treats all alike; "
							+ "the end of a line rests on few answers.",
					chart.option(), chart.table());
		});
	}

	private static Optional<String> loudest(Steps steps) {
		List<String> names = steps.names();
		return names.stream()
			.filter((name) -> valid(steps, name) > 0)
			.max(Comparator.comparingLong((String name) -> valid(steps, name)).thenComparing(names::indexOf));
	}

	private static long valid(Steps steps, String name) {
		return steps.lanes().stream().filter((lane) -> valid(lane, name)).count();
	}

	// A burst has too few answers for a spectrum.
	private static boolean valid(LaneResult lane, String name) {
		return lane.steps()
			.stream()
			.anyMatch((step) -> step.name().equals(name) && step.valid() && step.latencyMs() != null
					&& step.achievedRps() != null);
	}

	private static Histogram latency(List<LoadedCell> cells, LaneResult lane, String name) {
		Histogram merged = new Histogram(3);
		for (LoadedCell cell : cells) {
			if (cell.cell().lane().equals(lane.lane())) {
				cell.steps()
					.stream()
					.filter((step) -> step.step().name().equals(name))
					.map(LoadedStep::latency)
					.forEach(merged::add);
			}
		}
		return merged;
	}

	private static List<Percentile> spectrum(Histogram latency) {
		return Arrays.stream(PERCENTILES)
			.mapToObj((percentile) -> Percentile.of(label(percentile), percentile, latency))
			.toList();
	}

	private ChartOption option() {
		List<ChartOption.Line> lines = new ArrayList<>();
		this.spectra.forEach((lane, spectrum) -> {
			List<List<@Nullable Double>> points = new ArrayList<>();
			for (int i = 0; i < PERCENTILES.length; i++) {
				Double value = spectrum.get(i).valueMs();
				if (value != null) {
					points.add(Steps.point(Figures.round(100 / (100 - PERCENTILES[i])), Figures.round(value)));
				}
			}
			lines.add(ChartOption.Line.points(lane.title(), this.steps.mark(lane), points));
		});
		return new ChartOption(ChartOption.Axis.percentiles("percentile of the answers"),
				ChartOption.Axis.logarithmic("latency, ms"), lines,
				lines.stream().map(ChartOption.Line::name).toList());
	}

	private Table table() {
		List<String> columns = new ArrayList<>(List.of("Percentile"));
		this.spectra.keySet().forEach((lane) -> columns.add(lane.title() + " (ms)"));
		List<Row> rows = new ArrayList<>();
		for (int i = 0; i < PERCENTILES.length; i++) {
			List<String> cells = new ArrayList<>();
			for (List<Percentile> spectrum : this.spectra.values()) {
				Percentile percentile = spectrum.get(i);
				cells.add((percentile.thin() ? "≈ " : "") + Format.millis(percentile.valueMs()));
			}
			if (cells.stream().anyMatch((cell) -> !cell.equals(Format.NONE))) {
				rows.add(Row.of(label(PERCENTILES[i]), cells));
			}
		}
		return new Table("Latency of correct answers at %s by percentile".formatted(this.step), columns, true, rows);
	}

	private static String label(double percentile) {
		return (percentile == Math.rint(percentile)) ? String.format(Locale.ROOT, "%.0f %%", percentile)
				: percentile + " %";
	}

}
