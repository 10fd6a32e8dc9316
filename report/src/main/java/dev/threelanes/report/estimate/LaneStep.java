package dev.threelanes.report.estimate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

import dev.threelanes.report.cell.CellStep;
import dev.threelanes.report.validity.Reason;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One step of a lane over all its forks.
 *
 * @param step what was asked for
 * @param forks the figures of each fork
 * @param reasons why the step is not valid; empty if it is
 */
public record LaneStep(CellStep step, List<StepEstimate> forks, List<Reason> reasons) {

	public LaneStep {
		forks = List.copyOf(forks);
		reasons = List.copyOf(reasons);
	}

	/**
	 * Whether the step may be quoted: one fork that breaks a rule is enough to lose it,
	 * because leaving that fork out would choose among measurements.
	 * @return {@code true} if no rule was broken
	 */
	public boolean valid() {
		return this.reasons.isEmpty();
	}

	/**
	 * All forks' latencies in one histogram: percentiles are read from it and never
	 * averaged.
	 * @return the latencies, in microseconds
	 */
	public Histogram latency() {
		Histogram merged = new Histogram(3);
		this.forks.forEach((fork) -> merged.add(fork.latency()));
		return merged;
	}

	/**
	 * The failures of all forks.
	 * @return their numbers by class
	 */
	public Map<String, Long> errors() {
		Map<String, Long> errors = new TreeMap<>();
		this.forks.forEach((fork) -> fork.errors().forEach((type, count) -> errors.merge(type, count, Long::sum)));
		return errors;
	}

	/**
	 * The share of requests that failed.
	 * @return 0 to 1
	 */
	public double errorShare() {
		long started = this.forks.stream().mapToLong(StepEstimate::started).sum();
		long failed = errors().values().stream().mapToLong(Long::longValue).sum();
		return (started > 0) ? failed / (double) started : 0;
	}

	/**
	 * A figure of every fork.
	 * @param figure the figure
	 * @return its values; none if one fork lacks it, because leaving that one out would
	 * choose among measurements
	 */
	public List<Double> values(Function<StepEstimate, @Nullable Double> figure) {
		List<Double> values = this.forks.stream()
			.<@Nullable Double>map(figure)
			.filter(Objects::nonNull)
			.map(Double.class::cast)
			.toList();
		return (values.size() == this.forks.size()) ? values : List.of();
	}

}
