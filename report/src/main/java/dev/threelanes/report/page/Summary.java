package dev.threelanes.report.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;

import dev.threelanes.experiments.Reference;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.results.StepResult.LatencyMs;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import dev.threelanes.report.view.Table.Stress;
import org.jspecify.annotations.Nullable;

/**
 * The lanes side by side in a few figures, taken below, at and past the cap, or step by
 * step where each asks for something else.
 */
final class Summary {

	/** Within 1 % of the cap is at the cap. */
	private static final double NEAR = 0.01;

	private final ExperimentResult experiment;

	private Summary(ExperimentResult experiment) {
		this.experiment = experiment;
	}

	static Table of(ExperimentResult experiment) {
		return new Summary(experiment).table();
	}

	private Table table() {
		List<Column> columns = new ArrayList<>(this.experiment.mixed()
				? columnsByStep("p90, %s (ms)", (step) -> latency(step, "p90"), Better.LESS, Summary::p90)
				: this.experiment.byRate()
						? this.experiment.sameLoadThroughout() ? columnsByStep("Median, %s (ms)",
								(step) -> latency(step, "p50"), Better.LESS, Summary::p50) : columnsByLoad()
						: columnsOfUsers());
		columns
			.add(new Column("Resident memory, most (MiB)", (lane) -> Format.mebibytes(most(lane, StepResult::rssBytes)),
					Better.LESS, (lane) -> most(lane, StepResult::rssBytes)));
		columns.add(new Column("Platform threads, most",
				(lane) -> Format.number(most(lane, StepResult::platformThreads), 0), Better.LESS,
				(lane) -> most(lane, StepResult::platformThreads)));
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
						predicted(lane) ? lane.verdict() : null, null, best(columns, lane)));
			}
		}
		return new Table("The lanes side by side", heads, true, rows);
	}

	private List<Column> columnsOfUsers() {
		Map<String, Function<LaneResult, String>> held = HeldFigures.columns(this.experiment);
		if (!held.isEmpty()) {
			return held.entrySet()
				.stream()
				.map((column) -> new Column(column.getKey(), column.getValue(), Better.NEITHER, (lane) -> null))
				.toList();
		}
		boolean bursts = this.experiment.lanes()
			.stream()
			.flatMap((lane) -> lane.steps().stream())
			.anyMatch((step) -> step.makespanMs() != null);
		return bursts
				? columnsByStep("Last answer, %s (ms)", (step) -> Format.millis(step.makespanMs()), Better.LESS,
						StepResult::makespanMs)
				: columnsByStep("Goodput, %s (1/s)", Summary::goodput, Better.MORE, StepResult::goodputRps);
	}

	private List<Column> columnsByStep(String head, Function<StepResult, String> figure, Better better,
			Function<StepResult, @Nullable Double> value) {
		List<String> names = this.experiment.lanes()
			.stream()
			.flatMap((lane) -> lane.steps().stream())
			.map(StepResult::name)
			.distinct()
			.toList();
		return names.stream()
			.map((name) -> new Column(head.formatted(name),
					(lane) -> lane.steps()
						.stream()
						.filter((step) -> step.name().equals(name))
						.findFirst()
						.map((step) -> step.valid() ? figure.apply(step) : Format.INVALID)
						.orElse(Format.NONE),
					better,
					(lane) -> lane.steps()
						.stream()
						.filter((step) -> step.name().equals(name) && step.valid())
						.findFirst()
						.map(value)
						.orElse(null)))
			.toList();
	}

	private List<Column> columnsByLoad() {
		Place below = place((load, cap) -> load < cap * (1 - NEAR));
		Place at = place((load, cap) -> Math.abs(load - cap) <= cap * NEAR);
		Place past = place((load, cap) -> load > cap * (1 + NEAR));
		List<Column> columns = new ArrayList<>();
		if (at.taken() || past.taken()) {
			columns.add(
					new Column("Capacity with p99 ≤ %s ms (1/s)".formatted(Format.millis(this.experiment.p99LimitMs())),
							Summary::capacity, Better.MORE, LaneResult::sloCapacityRps));
		}
		else if (below.taken()) {
			columns.add(step("Median%s (ms)".formatted(below.load()), below, (step) -> latency(step, "p50"),
					Better.LESS, Summary::p50));
		}
		Map<String, Place> places = new LinkedHashMap<>();
		places.put("below", below);
		places.put("at", at);
		places.put("past", past);
		places.values().removeIf((place) -> !place.taken());
		places.forEach((where, place) -> {
			String load = place.load().isEmpty() ? "" : "," + place.load();
			columns.add(step("p99 %s the cap%s (ms)".formatted(where, load), place, (step) -> latency(step, "p99"),
					Better.LESS, Summary::p99));
		});
		if (!places.isEmpty()) {
			Place loudest = List.copyOf(places.values()).getLast();
			columns.add(step("Goodput%s (1/s)".formatted(loudest.load()), loudest, Summary::goodput, Better.MORE,
					StepResult::goodputRps));
			columns.add(step("Predicted%s (1/s)".formatted(loudest.load()), loudest,
					(step) -> Format.rate(step.predictedRps()), Better.NEITHER, StepResult::predictedRps));
			columns.add(step("CPU a request%s (ms)".formatted(loudest.load()), loudest, Format::cpu, Better.LESS,
					StepResult::cpuMsPerRequest));
		}
		return columns;
	}

	private boolean predicted(LaneResult lane) {
		return this.experiment.prediction()
			.stream()
			.flatMap((prediction) -> prediction.checks().stream())
			.anyMatch((check) -> lane.lane().equals(check.lane()) || lane.lane().equals(check.other()));
	}

	private Place place(BiPredicate<Double, Double> condition) {
		Map<String, StepResult> steps = new LinkedHashMap<>();
		for (LaneResult lane : this.experiment.lanes()) {
			Double cap = lane.capRps();
			lane.steps()
				.stream()
				.filter((step) -> cap != null && condition.test(step.load(), cap))
				.max(Comparator.comparingDouble(StepResult::load))
				.ifPresent((step) -> steps.put(lane.lane(), step));
		}
		return new Place(steps);
	}

	private static Column step(String head, Place place, Function<StepResult, String> figure, Better better,
			Function<StepResult, @Nullable Double> value) {
		return new Column(head, (lane) -> {
			StepResult step = place.steps().get(lane.lane());
			if (step == null) {
				return Format.NONE;
			}
			return step.valid() ? figure.apply(step) : Format.INVALID;
		}, better, (lane) -> {
			StepResult step = place.steps().get(lane.lane());
			return (step != null && step.valid()) ? value.apply(step) : null;
		});
	}

	// The columns in which a lane is the best or as good; none in which all are as good.
	// References take no part in it: they are no choice.
	private Map<Integer, Stress> best(List<Column> columns, LaneResult lane) {
		Map<Integer, Stress> best = new LinkedHashMap<>();
		if (Reference.of(lane.lane()).isPresent()) {
			return best;
		}
		for (int i = 0; i < columns.size(); i++) {
			Column column = columns.get(i);
			List<Double> values = this.experiment.lanes()
				.stream()
				.filter((other) -> !other.steps().isEmpty() && Reference.of(other.lane()).isEmpty())
				.<@Nullable Double>map(column.value())
				.filter(Objects::nonNull)
				.map(Double.class::cast)
				.toList();
			Double own = column.value().apply(lane);
			if (own != null && column.better().among(own, values)
					&& !values.stream().allMatch((value) -> column.better().among(value, values))) {
				best.put(i, Stress.BEST);
			}
		}
		return best;
	}

	// With the lowest and the highest fork, where there is more than one.
	private static String goodput(StepResult step) {
		List<Double> range = (step.ranges() != null) ? step.ranges().get("goodputRps") : null;
		String mean = Format.rate(step.goodputRps());
		return (range != null) ? "%s [%s, %s]".formatted(mean, Format.rate(range.get(0)), Format.rate(range.get(1)))
				: mean;
	}

	private static @Nullable Double p50(StepResult step) {
		return (step.latencyMs() != null) ? step.latencyMs().p50() : null;
	}

	private static @Nullable Double p90(StepResult step) {
		return (step.latencyMs() != null) ? step.latencyMs().p90() : null;
	}

	private static @Nullable Double p99(StepResult step) {
		return (step.latencyMs() != null) ? step.latencyMs().p99() : null;
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
		return (step.thin(percentile) ? "≈ " : "") + Format.millis(switch (percentile) {
			case "p99" -> latency.p99();
			case "p90" -> latency.p90();
			default -> latency.p50();
		});
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
	 * A place below, at or past the cap.
	 *
	 * @param steps each lane's highest step there
	 */
	private record Place(Map<String, StepResult> steps) {

		boolean taken() {
			return !this.steps.isEmpty();
		}

		// The load, where it is the same on every lane.
		String load() {
			List<Double> loads = this.steps.values().stream().map(StepResult::load).distinct().toList();
			return (loads.size() == 1) ? " at %s/s".formatted(Format.rate(loads.getFirst())) : "";
		}

	}

	/**
	 * Which figure of two is the better one.
	 */
	private enum Better {

		MORE, LESS, NEITHER;

		/** Figures closer than this are as good as each other. */
		private static final double AS_GOOD = 0.02;

		// Whether none of the values is better than this one by more than noise.
		boolean among(double value, List<Double> values) {
			return switch (this) {
				case MORE -> values.stream().noneMatch((other) -> value < other * (1 - AS_GOOD));
				case LESS -> values.stream().noneMatch((other) -> value > other * (1 + AS_GOOD));
				case NEITHER -> false;
			};
		}

	}

	/**
	 * A column.
	 *
	 * @param head its head
	 * @param cell its cell for a lane
	 * @param better which of its figures is the best
	 * @param value its figure for a lane
	 */
	private record Column(String head, Function<LaneResult, String> cell, Better better,
			Function<LaneResult, @Nullable Double> value) {
	}

}
