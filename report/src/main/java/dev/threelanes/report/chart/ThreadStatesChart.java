package dev.threelanes.report.chart;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.chart.ChartOption.Decal;
import dev.threelanes.report.results.Figures;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import org.jspecify.annotations.Nullable;

/**
 * What the platform threads of each lane did at the height of the load.
 */
public final class ThreadStatesChart {

	private static final Map<Metric, Look> STATES = new EnumMap<>(
			Map.of(Metric.THREADS_RUNNABLE, new Look("runnable", "#59626d", null), Metric.THREADS_BLOCKED,
					new Look("blocked on a monitor", "#c23b22", Decal.DOTS), Metric.THREADS_WAITING,
					new Look("waiting", "#9aa5b1", null), Metric.THREADS_TIMED_WAITING,
					new Look("waiting with a limit", "#9aa5b1", Decal.STRIPES)));

	private ThreadStatesChart() {
	}

	/**
	 * Draws the chart.
	 * @param peaks the lanes at the height of their load
	 * @return the chart
	 */
	public static Chart of(List<Peak> peaks) {
		List<Peak> known = peaks.stream()
			.filter((peak) -> STATES.keySet().stream().anyMatch((state) -> peak.value(state) != null))
			.toList();
		List<ChartOption.Bar> bars = new ArrayList<>();
		List<String> columns = new ArrayList<>(List.of("Lane"));
		if (!known.isEmpty()) {
			STATES.forEach((state, look) -> {
				List<@Nullable Double> heights = new ArrayList<>();
				known.forEach((peak) -> heights.add(rounded(peak.value(state))));
				bars.add(ChartOption.Bar.state(look.name(), look.color(), look.decal(), heights));
				columns.add(look.name());
			});
		}
		List<Row> rows = known.stream()
			.map((peak) -> Row.of(peak.mark(), peak.title(),
					STATES.keySet().stream().map((state) -> Format.number(peak.value(state), 0)).toList()))
			.toList();
		return new Chart("What the platform threads did",
				"When each lane held the most requests at its highest valid load. Java calls a thread runnable that waits for a socket "
						+ "too: those of MVC mostly do, and cost memory but no processor.",
				new ChartOption(ChartOption.Axis.names(known.stream().map(Peak::title).toList()),
						ChartOption.Axis.vertical("threads"), bars, bars.stream().map(ChartOption.Bar::name).toList()),
				new Table("Platform threads by state at the highest valid load", columns, true, rows));
	}

	private static @Nullable Double rounded(@Nullable Double value) {
		return (value != null) ? Figures.round(value) : null;
	}

	/**
	 * How a state looks.
	 *
	 * @param name its name
	 * @param color its colour
	 * @param decal its pattern; absent for none
	 */
	private record Look(String name, String color, @Nullable Decal decal) {
	}

}
