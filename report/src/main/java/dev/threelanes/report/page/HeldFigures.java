package dev.threelanes.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.results.WakeUpResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import org.jspecify.annotations.Nullable;

/**
 * The figures of requests that are all held at once.
 */
final class HeldFigures {

	private HeldFigures() {
	}

	/**
	 * The lanes side by side, each at the most that it held.
	 * @param experiment the experiment
	 * @return the columns by their heads; none where nobody is held
	 */
	static Map<String, Function<LaneResult, String>> columns(ExperimentResult experiment) {
		Map<String, Function<LaneResult, String>> columns = new LinkedHashMap<>();
		if (holds(experiment, StepResult::wakeUps)) {
			columns.put("Waiting", (lane) -> most(lane, HeldFigures::users));
			columns.put("Woken by wake=2", (lane) -> most(lane, (step) -> woken(step, WakeUpResult::first)));
			columns.put("Woken by wake=all", (lane) -> most(lane, (step) -> woken(step, WakeUpResult::then)));
			columns.put("All woken after (ms)", (lane) -> most(lane, HeldFigures::allWoken));
		}
		else if (holds(experiment, StepResult::held)) {
			columns.put("Requests", (lane) -> most(lane, HeldFigures::users));
			columns.put("Held at once", (lane) -> most(lane, (step) -> Format.number(step.inFlight(), 0)));
			columns.put("Failed", (lane) -> most(lane, HeldFigures::failed));
			columns.put("Last answer (ms)", (lane) -> most(lane, (step) -> Format.millis(step.makespanMs())));
		}
		if (!columns.isEmpty()) {
			columns.put("Heap each, after a collection (KiB)", (lane) -> most(lane, HeldFigures::heap));
		}
		return columns;
	}

	/**
	 * Every step of every lane.
	 * @param experiment the experiment
	 * @param why what bounds how many are held, in words; empty if nothing does
	 * @return the tables; none where nobody is held
	 */
	static List<Table> tables(ExperimentResult experiment, String why) {
		List<Table> tables = new ArrayList<>();
		if (holds(experiment, StepResult::held)) {
			tables.add(new Table("Memory of a held request, beyond the step with the fewest%s".formatted(why),
					List.of("Lane", "Held", "Heap each, after a collection (KiB)", "Resident each (KiB)",
							"Most in flight", "Failed"),
					true, rows(experiment, (step) -> step.held() != null, (step) -> List.of(users(step), heap(step),
							resident(step), Format.number(step.inFlight(), 0), failed(step)))));
		}
		if (holds(experiment, StepResult::wakeUps)) {
			tables.add(new Table("Who was woken of those who waited%s".formatted(why), List.of("Lane", "Waiting",
					"Woken by wake=2", "The last after (ms)", "Woken by wake=all", "The last after (ms)", "Miscounted"),
					true,
					rows(experiment, (step) -> step.wakeUps() != null,
							(step) -> List.of(users(step), woken(step, WakeUpResult::first),
									Format.millis(figure(step, WakeUpResult::firstMs)), woken(step, WakeUpResult::then),
									allWoken(step), woken(step, WakeUpResult::miscounted)))));
		}
		return tables;
	}

	private static List<Row> rows(ExperimentResult experiment, Function<StepResult, Boolean> shown,
			Function<StepResult, List<String>> cells) {
		List<Row> rows = new ArrayList<>();
		for (LaneResult lane : experiment.lanes()) {
			LaneMark mark = LaneMark.of(lane.lane(), experiment.lanes().indexOf(lane));
			lane.steps()
				.stream()
				.filter((step) -> step.valid() && shown.apply(step))
				.forEach((step) -> rows.add(Row.of(mark, lane.title(), cells.apply(step))));
		}
		return rows;
	}

	private static boolean holds(ExperimentResult experiment, Function<StepResult, @Nullable Object> figure) {
		return experiment.lanes()
			.stream()
			.flatMap((lane) -> lane.steps().stream())
			.anyMatch((step) -> figure.apply(step) != null);
	}

	private static String most(LaneResult lane, Function<StepResult, String> figure) {
		StepResult step = lane.steps().getLast();
		return step.valid() ? figure.apply(step) : Format.INVALID;
	}

	private static String users(StepResult step) {
		return (step.users() != null) ? Format.number(step.users().doubleValue(), 0) : Format.NONE;
	}

	private static String failed(StepResult step) {
		return Format.number((double) step.errors().values().stream().mapToLong(Long::longValue).sum(), 0);
	}

	private static String heap(StepResult step) {
		return Format.kibibytes((step.held() != null) ? step.held().heapBytesPerRequest() : null);
	}

	private static String resident(StepResult step) {
		return Format.kibibytes((step.held() != null) ? step.held().residentBytesPerRequest() : null);
	}

	private static String allWoken(StepResult step) {
		return Format.millis(figure(step, WakeUpResult::thenMs));
	}

	private static String woken(StepResult step, Function<WakeUpResult, @Nullable Double> figure) {
		return Format.number(figure(step, figure), 0);
	}

	private static @Nullable Double figure(StepResult step, Function<WakeUpResult, @Nullable Double> figure) {
		return (step.wakeUps() != null) ? figure.apply(step.wakeUps()) : null;
	}

}
