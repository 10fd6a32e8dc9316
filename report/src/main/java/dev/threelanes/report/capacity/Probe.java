package dev.threelanes.report.capacity;

import java.util.List;

import dev.threelanes.experiments.Objective;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.validity.CheckedCell;
import dev.threelanes.report.validity.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One look at a lane under one rate.
 *
 * @param offeredRps the rate, requests a second
 * @param outcome what came of it
 * @param p99Ms the 99th percentile of latency, in milliseconds; absent without answers
 * @param beyondP99 how many answers took longer than that
 * @param errorShare the share of requests that failed
 * @param reasons why it may not be quoted; empty if it may
 */
public record Probe(double offeredRps, Outcome outcome, @Nullable Double p99Ms, long beyondP99, double errorShare,
		List<String> reasons) {

	public Probe {
		reasons = List.copyOf(reasons);
	}

	/**
	 * Holds a cell of one step against an objective.
	 * @param cell the cell
	 * @param objective the objective
	 * @return the probe
	 */
	public static Probe of(LoadedCell cell, Objective objective) {
		LoadedStep step = cell.steps().getFirst();
		List<String> reasons = CheckedCell.of(List.of(cell)).getFirst().reasons().stream().map(Reason::text).toList();
		long answered = step.latency().getTotalCount();
		Double p99 = (answered > 0) ? step.latency().getValueAtPercentile(99) / 1000.0 : null;
		double errors = step.record().failed() / (double) Math.max(1, step.record().started());
		boolean meets = p99 != null && p99 <= objective.p99().toNanos() / 1e6 && errors < objective.errorShare();
		Outcome outcome = !reasons.isEmpty() ? Outcome.INVALID : meets ? Outcome.MEETS : Outcome.BREAKS;
		return new Probe(step.step().rps(), outcome, p99, answered / 100, errors, reasons);
	}

	/**
	 * What came of a probe.
	 */
	public enum Outcome {

		/** The objective was met. */
		MEETS,

		/** The objective was not met. */
		BREAKS,

		/** A rule was broken, so that nothing was learnt of the lane. */
		INVALID

	}

}
