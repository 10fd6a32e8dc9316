package dev.threelanes.report.page;

import java.util.ArrayList;
import java.util.List;

import dev.threelanes.report.results.ColdStartResult;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;

/**
 * How lanes that were measured cold became steady.
 */
final class ColdStartTable {

	private ColdStartTable() {
	}

	/**
	 * The table.
	 * @param experiment the experiment
	 * @return a row for each lane that was measured cold; none where all were warm
	 */
	static Table of(ExperimentResult experiment) {
		List<Row> rows = new ArrayList<>();
		for (LaneResult lane : experiment.lanes()) {
			ColdStartResult start = lane.coldStart();
			if (start != null) {
				rows.add(Row.of(LaneMark.of(lane.lane(), experiment.lanes().indexOf(lane)), lane.title(),
						List.of(Format.millis(start.startUpMs()), Format.millis(start.throughputMs()),
								Format.millis(start.latencyMs()), Format.millis(start.steadyLatencyMs()))));
			}
		}
		return new Table("From cold to steady",
				List.of("Lane", "Process start to ready (ms)", "First request to 95 % of steady throughput (ms)",
						"First request to within 5 % of steady latency (ms)", "Steady latency (ms)"),
				true, rows);
	}

}
