package dev.threelanes.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.threelanes.experiments.Prediction.Side;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.PredictionResult;
import dev.threelanes.report.results.PredictionResult.Check;
import dev.threelanes.report.results.Ratio;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.results.StepResult.LatencyMs;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import org.jspecify.annotations.Nullable;

/**
 * The tables of an experiment that leave nothing out.
 */
final class Details {

	private static final List<String> STEP_COLUMNS = List.of("Step", "Offered (1/s)", "Started (1/s)", "Goodput (1/s)",
			"Predicted (1/s)", "Failures", "p50 (ms)", "p90 (ms)", "p99 (ms)", "p99.9 (ms)", "Max (ms)",
			"CPU a request (ms)", "CPU, times the generator's", "Allocated a request (KiB)", "Memory (MiB)",
			"Platform threads", "In flight", "Wait growth (s/s)");

	private static final Map<String, String> FIGURES = Map.of("goodputRps", "Goodput", "medianMs", "Median latency",
			"cpuMsPerRequest", "CPU a request", "relativeCpu", "CPU, times the generator's", "allocatedBytesPerRequest",
			"Allocated a request", "rssBytes", "Resident memory");

	private final ExperimentResult experiment;

	Details(ExperimentResult experiment) {
		this.experiment = experiment;
	}

	// Every comparison of a prediction.
	Table checks(PredictionResult prediction) {
		List<Row> rows = new ArrayList<>();
		for (Check check : prediction.checks()) {
			String other = check.other();
			String subject = (other != null) ? "%s, against %s".formatted(title(check.lane()), title(other))
					: title(check.lane());
			String interval = (check.low() != null && check.high() != null)
					? "%s to %s".formatted(Format.number(check.low()), Format.number(check.high())) : Format.NONE;
			rows.add(new Row(mark(check.lane()), subject,
					List.of(check.step(), predicted(check),
							(check.tolerance() != null) ? "± " + Format.number(check.tolerance()) : Format.NONE,
							Format.number(check.measured()), interval, check.finding()),
					check.verdict(), null));
		}
		return new Table("Predicted and measured: %s (%s)".formatted(prediction.quantity(), prediction.unit()),
				List.of("Lane", "Step", "Predicted, or the other lane", "Band", "Measured", "95 % interval", "Finding",
						"Verdict"),
				false, rows);
	}

	private static String predicted(Check check) {
		String side = (check.limit() == null) ? "" : check.limit().equals(Side.AT_LEAST.words()) ? "≥ " : "≤ ";
		return side + Format.number(check.predicted());
	}

	// The lanes in proportion to each other; no rows with fewer than three forks.
	Table ratios() {
		List<Row> rows = new ArrayList<>();
		for (Ratio ratio : this.experiment.ratios()) {
			rows.add(Row.of(mark(ratio.lane()), "%s : %s".formatted(title(ratio.lane()), title(ratio.other())),
					List.of(ratio.step(), FIGURES.getOrDefault(ratio.figure(), ratio.figure()),
							Format.number(ratio.ratio(), 3),
							"%s to %s".formatted(Format.number(ratio.low(), 3), Format.number(ratio.high(), 3)))));
		}
		return new Table("Ratios between lanes", List.of("Lanes", "Step", "Figure", "Ratio", "95 % interval"), false,
				rows);
	}

	// Every figure of a lane.
	Table steps(LaneResult lane) {
		LaneMark mark = mark(lane.lane());
		List<Row> rows = lane.steps()
			.stream()
			.map((step) -> step.valid() ? Row.of(mark, step.name(), cells(step))
					: Row.note(mark, step.name(), "INVALID: " + String.join("; ", step.reasons())))
			.toList();
		return new Table(
				"%s: every step%s".formatted(lane.title(),
						(lane.forks() > 1)
								? ", mean of %s forks with the lowest and the highest".formatted(lane.forks()) : ""),
				STEP_COLUMNS, true, rows);
	}

	private static List<String> cells(StepResult step) {
		List<String> cells = new ArrayList<>(
				List.of((step.users() != null) ? "%s users".formatted(step.users()) : Format.rate(step.offeredRps()),
						ranged(step, "achievedRps", Format.rate(step.achievedRps()), 1),
						ranged(step, "goodputRps", Format.rate(step.goodputRps()), 1), Format.rate(step.predictedRps()),
						failures(step.errors())));
		LatencyMs latency = step.latencyMs();
		cells.add(latency(step, "p50", (latency != null) ? latency.p50() : null));
		cells.add(latency(step, "p90", (latency != null) ? latency.p90() : null));
		cells.add(latency(step, "p99", (latency != null) ? latency.p99() : null));
		cells.add(latency(step, "p999", (latency != null) ? latency.p999() : null));
		cells.add(Format.millis((latency != null) ? latency.max() : null));
		cells.add(ranged(step, "cpuMsPerRequest", Format.cpu(step), 2));
		cells.add(ranged(step, "relativeCpu", Format.number(step.relativeCpu(), 2), 2));
		cells.add(Format.kibibytes(step.allocatedBytesPerRequest()));
		cells.add(Format.mebibytes(step.rssBytes()));
		cells.add(Format.number(step.platformThreads(), 0));
		cells.add(Format.number(step.inFlight(), 0));
		cells.add(ranged(step, "waitGrowth", Format.number(step.waitGrowth(), 3), 3));
		return cells;
	}

	private static String latency(StepResult step, String percentile, @Nullable Double value) {
		return (step.thin(percentile) ? "≈ " : "") + Format.millis(value);
	}

	private static String ranged(StepResult step, String figure, String mean, int decimals) {
		List<Double> range = (step.ranges() != null) ? step.ranges().get(figure) : null;
		return (range != null) ? "%s [%s, %s]".formatted(mean, Format.number(range.get(0), decimals),
				Format.number(range.get(1), decimals)) : mean;
	}

	private static String failures(Map<String, Long> errors) {
		return errors.isEmpty() ? "0"
				: errors.entrySet()
					.stream()
					.map((entry) -> "%s %s".formatted(Format.number(entry.getValue().doubleValue(), 0), entry.getKey()))
					.collect(Collectors.joining(", "));
	}

	private String title(String lane) {
		return this.experiment.lanes()
			.stream()
			.filter((candidate) -> candidate.lane().equals(lane))
			.findFirst()
			.map(LaneResult::title)
			.orElse(lane);
	}

	private LaneMark mark(String lane) {
		int place = 0;
		while (place < this.experiment.lanes().size() && !this.experiment.lanes().get(place).lane().equals(lane)) {
			place++;
		}
		return LaneMark.of(lane, place);
	}

}
