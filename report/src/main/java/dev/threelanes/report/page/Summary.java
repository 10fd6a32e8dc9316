package dev.threelanes.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.results.StepResult.LatencyMs;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import org.jspecify.annotations.Nullable;

/**
 * The lanes side by side in a few figures, taken below, at and past the cap of a pool of
 * T threads.
 */
final class Summary {

	/** Within 1 % of the cap is at the cap. */
	private static final double NEAR = 0.01;

	private final ExperimentResult experiment;

	private final OptionalDouble below;

	private final OptionalDouble at;

	private final OptionalDouble past;

	private Summary(ExperimentResult experiment) {
		this.experiment = experiment;
		double cap = 1000.0 * Objects.requireNonNull(experiment.parameters().get("threads"))
				/ Objects.requireNonNull(experiment.parameters().get("delayMs"));
		this.below = highest((load) -> load < cap * (1 - NEAR));
		this.at = highest((load) -> Math.abs(load - cap) <= cap * NEAR);
		this.past = highest((load) -> load > cap * (1 + NEAR));
	}

	static Table of(ExperimentResult experiment) {
		return new Summary(experiment).table();
	}

	private Table table() {
		List<Column> columns = new ArrayList<>();
		String limit = Format.millis(this.experiment.p99LimitMs());
		if (this.at.isPresent() || this.past.isPresent()) {
			columns.add(new Column("Capacity with p99 ≤ %s ms (1/s)".formatted(limit), Summary::capacity));
		}
		else {
			this.below.ifPresent((load) -> columns
				.add(step("Median at %s/s (ms)".formatted(Format.rate(load)), load, (step) -> latency(step, "p50"))));
		}
		this.below.ifPresent((load) -> columns.add(p99("below the cap", load)));
		this.at.ifPresent((load) -> columns.add(p99("at the cap", load)));
		this.past.ifPresent((load) -> columns.add(p99("past the cap", load)));
		OptionalDouble loudest = this.past.isPresent() ? this.past : this.at.isPresent() ? this.at : this.below;
		loudest.ifPresent((load) -> {
			columns.add(step("Goodput at %s/s (1/s)".formatted(Format.rate(load)), load,
					(step) -> Format.rate(step.goodputRps())));
			columns.add(step("Predicted at %s/s (1/s)".formatted(Format.rate(load)), load,
					(step) -> Format.rate(step.predictedRps())));
		});
		loudest.ifPresent((load) -> columns
			.add(step("CPU a request at %s/s (ms)".formatted(Format.rate(load)), load, Format::cpu)));
		columns.add(new Column("Resident memory, most (MiB)",
				(lane) -> Format.mebibytes(most(lane, StepResult::rssBytes))));
		columns.add(new Column("Platform threads, most",
				(lane) -> Format.number(most(lane, StepResult::platformThreads), 0)));
		List<String> heads = new ArrayList<>(List.of("Lane"));
		columns.forEach((column) -> heads.add(column.head()));
		heads.add("Prediction");
		List<Row> rows = new ArrayList<>();
		for (LaneResult lane : this.experiment.lanes()) {
			LaneMark mark = LaneMark.of(lane.lane(), this.experiment.lanes().indexOf(lane));
			if (lane.steps().isEmpty()) {
				rows.add(Row.note(mark, lane.title(), "INVALID: " + String.join("; ", lane.reasons())));
			}
			else {
				rows.add(new Row(mark, lane.title(),
						columns.stream().map((column) -> column.cell().apply(lane)).toList(),
						predicted(lane) ? lane.verdict() : null, null));
			}
		}
		return new Table("The lanes side by side", heads, true, rows);
	}

	private boolean predicted(LaneResult lane) {
		return this.experiment.prediction()
			.stream()
			.flatMap((prediction) -> prediction.checks().stream())
			.anyMatch((check) -> lane.lane().equals(check.lane()) || lane.lane().equals(check.other()));
	}

	private OptionalDouble highest(Predicate<Double> condition) {
		return this.experiment.lanes()
			.stream()
			.flatMap((lane) -> lane.steps().stream())
			.map(StepResult::offeredRps)
			.filter(condition)
			.mapToDouble(Double::doubleValue)
			.max();
	}

	private static Column p99(String where, double load) {
		return step("p99 %s, at %s/s (ms)".formatted(where, Format.rate(load)), load, (step) -> latency(step, "p99"));
	}

	private static Column step(String head, double load, Function<StepResult, String> figure) {
		return new Column(head,
				(lane) -> lane.steps()
					.stream()
					.filter((step) -> step.offeredRps() == load)
					.findFirst()
					.map((step) -> step.valid() ? figure.apply(step) : Format.INVALID)
					.orElse(Format.NONE));
	}

	private static String capacity(LaneResult lane) {
		Double capacity = lane.sloCapacityRps();
		if (capacity == null) {
			StepResult lowest = lane.steps().getFirst();
			return lowest.valid() ? "< " + Format.rate(lowest.offeredRps()) : Format.INVALID;
		}
		return (Boolean.TRUE.equals(lane.sloCapacityAtLeast()) ? "≥ " : "") + Format.rate(capacity);
	}

	private static String latency(StepResult step, String percentile) {
		LatencyMs latency = step.latencyMs();
		if (latency == null) {
			return Format.NONE;
		}
		return (step.thin(percentile) ? "≈ " : "")
				+ Format.millis(percentile.equals("p99") ? latency.p99() : latency.p50());
	}

	private static @Nullable Double most(LaneResult lane, Function<StepResult, @Nullable Double> figure) {
		Double most = null;
		for (StepResult step : lane.steps()) {
			Double value = figure.apply(step);
			if (value != null && (most == null || value > most)) {
				most = value;
			}
		}
		return most;
	}

	/**
	 * A column.
	 *
	 * @param head its head
	 * @param cell its cell for a lane
	 */
	private record Column(String head, Function<LaneResult, String> cell) {
	}

}
