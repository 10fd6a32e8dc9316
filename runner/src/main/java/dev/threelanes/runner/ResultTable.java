package dev.threelanes.runner;

import java.io.PrintWriter;
import java.util.Locale;

import dev.threelanes.report.results.ColdStartResult;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.Results;
import dev.threelanes.report.results.StepResult;
import org.jspecify.annotations.Nullable;

/**
 * The results as a compact table for a terminal.
 */
final class ResultTable {

	/** What stands where there is no figure. */
	private static final String NONE = "-";

	private ResultTable() {
	}

	static void print(Results results, PrintWriter out) {
		results.problems().forEach((problem) -> out.println("! " + problem));
		results.experiments().forEach((experiment) -> print(experiment, out));
		out.flush();
	}

	private static void print(ExperimentResult experiment, PrintWriter out) {
		out.printf("%n%s: %s%n%s%n%s%n%n", experiment.id(), experiment.question(), experiment.answer(),
				experiment.verdict() + ": " + experiment.finding());
		out.printf("  %-8s %-12s %9s %9s %9s %9s %10s %9s %8s %8s  %s%n", "lane", "step", "offered/s", "achieved",
				"goodput", "predicted", "p50 ms", "p99 ms", "CPU ms", "threads", "errors");
		for (LaneResult lane : experiment.lanes()) {
			for (String reason : lane.reasons()) {
				out.printf("  %-8s INVALID: %s%n", lane.lane(), reason);
			}
			for (StepResult step : lane.steps()) {
				print(lane, step, out);
			}
			if (lane.coldStart() != null) {
				print(lane, lane.coldStart(), out);
			}
		}
		if (experiment.leftOut() != null) {
			experiment.leftOut().forEach((contender, why) -> out.printf("  not run: %s: %s%n", contender, why));
		}
		out.println();
		for (LaneResult lane : experiment.lanes().stream().filter((lane) -> lane.sloCapacityRps() != null).toList()) {
			out.printf("  %-8s capacity under p99 <= %s ms: %s requests/s%n", lane.lane(),
					figure(experiment.p99LimitMs(), 0), capacity(lane));
		}
	}

	private static void print(LaneResult lane, ColdStartResult start, PrintWriter out) {
		out.printf("  %-8s ready after %s ms; steady throughput after %s ms, steady latency (%s ms) after %s ms%n",
				lane.lane(), figure(start.startUpMs(), 0), figure(start.throughputMs(), 0),
				figure(start.steadyLatencyMs(), 1), figure(start.latencyMs(), 0));
	}

	private static void print(LaneResult lane, StepResult step, PrintWriter out) {
		if (!step.valid()) {
			out.printf("  %-8s %-12s INVALID: %s%n", lane.lane(), step.name(), String.join("; ", step.reasons()));
			return;
		}
		StepResult.LatencyMs latency = step.latencyMs();
		out.printf("  %-8s %-12s %9s %9s %9s %9s %10s %9s %8s %8s  %s%n", lane.lane(), step.name(),
				(step.users() != null) ? step.users() + " users" : figure(step.offeredRps(), 1),
				figure(step.achievedRps(), 1), figure(step.goodputRps(), 1), figure(step.predictedRps(), 1),
				figure((latency != null) ? latency.p50() : null, 1),
				figure((latency != null) ? latency.p99() : null, 1), cpu(step), figure(step.platformThreads(), 0),
				step.errors().isEmpty() ? "none" : step.errors());
	}

	private static String cpu(StepResult step) {
		return (step.cpuMsPerRequestAtMost() != null) ? "<= " + figure(step.cpuMsPerRequestAtMost(), 2)
				: figure(step.cpuMsPerRequest(), 2);
	}

	private static String capacity(LaneResult lane) {
		String capacity = figure(lane.sloCapacityRps(), 0);
		return Boolean.TRUE.equals(lane.sloCapacityAtLeast()) ? "at least " + capacity : capacity;
	}

	private static String figure(@Nullable Double value, int decimals) {
		return (value != null) ? String.format(Locale.ROOT, "%,." + decimals + "f", value) : NONE;
	}

}
