package dev.threelanes.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;

import dev.threelanes.report.estimate.Interval;
import dev.threelanes.report.estimate.LaneStep;
import dev.threelanes.report.estimate.Percentile;
import dev.threelanes.report.estimate.StepEstimate;
import dev.threelanes.report.estimate.WakeUpFigures;
import dev.threelanes.report.results.Figures;
import dev.threelanes.report.results.HeldResult;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.results.StepResult.LatencyMs;
import dev.threelanes.report.results.StepResult.ResilienceFigures;
import dev.threelanes.report.results.WakeUpResult;
import dev.threelanes.report.validity.Reason;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * From a step's estimates to its result: the mean over forks with the lowest and the
 * highest, and the percentiles of all forks' answers together.
 */
final class StepFigures {

	private final LaneStep step;

	private final Map<String, List<Double>> ranges = new LinkedHashMap<>();

	private StepFigures(LaneStep step) {
		this.step = step;
	}

	static StepResult of(LaneStep step, OptionalDouble predictedRps, OptionalDouble predictedMakespanMs) {
		return new StepFigures(step).result(rounded(predictedRps), rounded(predictedMakespanMs));
	}

	private static @Nullable Double rounded(OptionalDouble value) {
		return value.isPresent() ? Figures.round(value.getAsDouble()) : null;
	}

	private StepResult result(@Nullable Double predictedRps, @Nullable Double predictedMakespanMs) {
		String name = this.step.step().name();
		Double offered = this.step.step().open() ? Figures.round(this.step.step().rps()) : null;
		Integer users = this.step.step().users();
		Double achieved = mean("achievedRps", StepEstimate::achievedRps);
		List<String> reasons = this.step.reasons().stream().map(Reason::text).toList();
		if (!this.step.valid()) {
			return new StepResult(name, offered, users, achieved, null, null, null, null, this.step.errors(), null,
					null, null, null, null, null, null, null, null, null, null, null, null, null, null, false, reasons);
		}
		Histogram latency = this.step.latency();
		List<Percentile> percentiles = List.of(Percentile.of("p50", 50, latency), Percentile.of("p90", 90, latency),
				Percentile.of("p99", 99, latency), Percentile.of("p999", 99.9, latency));
		Double goodput = mean("goodputRps", StepEstimate::goodputRps);
		Double cpu = mean("cpuMsPerRequest", StepEstimate::cpuMsPerRequest);
		Double atMost = (cpu != null) ? null : mean("cpuMsPerRequestAtMost", StepEstimate::cpuMsAtMost);
		Double relative = mean("relativeCpu", StepEstimate::relativeCpu);
		Double allocated = mean("allocatedBytesPerRequest", StepEstimate::allocatedBytes);
		Double rss = mean("rssBytes", StepEstimate::rssBytes);
		Double threads = mean("platformThreads", StepEstimate::platformThreads);
		Double inFlight = mean("inFlight", StepEstimate::inFlight);
		Double growth = mean("waitGrowth", StepEstimate::waitGrowth);
		return new StepResult(name, offered, users, achieved, goodput, predictedRps,
				mean("makespanMs", StepEstimate::makespanMs), predictedMakespanMs, this.step.errors(),
				this.step.step().waiting() ? null : latency(percentiles, latency),
				percentiles.stream().filter(Percentile::thin).map(Percentile::name).toList(), cpu, atMost, relative,
				allocated, rss, threads, inFlight, growth, resilience(), held(), wakeUps(), withheld(),
				this.ranges.isEmpty() ? null : this.ranges, true, reasons);
	}

	private @Nullable ResilienceFigures resilience() {
		boolean failed = !this.step.errors().isEmpty();
		boolean outage = this.step.forks().stream().anyMatch((fork) -> fork.resilience().recoveryMs() != null);
		return (failed || outage)
				? new ResilienceFigures(mean("lateGoodputRps", (fork) -> fork.resilience().lateGoodputRps()),
						mean("refusalP50", (fork) -> fork.resilience().refusalMedianMs()),
						mean("promptRefusals", (fork) -> fork.resilience().promptRefusals()),
						mean("longest", (fork) -> fork.resilience().longestMs()),
						mean("recovery", (fork) -> fork.resilience().recoveryMs()))
				: null;
	}

	private @Nullable HeldResult held() {
		if (this.step.forks().stream().allMatch((fork) -> fork.held() == null)) {
			return null;
		}
		return new HeldResult(
				mean("heapBytesPerRequest", (fork) -> (fork.held() != null) ? fork.held().heapBytes() : null),
				mean("residentBytesPerRequest", (fork) -> (fork.held() != null) ? fork.held().residentBytes() : null));
	}

	private @Nullable WakeUpResult wakeUps() {
		if (this.step.forks().stream().allMatch((fork) -> fork.wakeUps() == null)) {
			return null;
		}
		return new WakeUpResult(woken("wokenFirst", WakeUpFigures::first), woken("wokenThen", WakeUpFigures::then),
				woken("miscounted", WakeUpFigures::miscounted), woken("firstMs", WakeUpFigures::firstMs),
				woken("thenMs", WakeUpFigures::thenMs));
	}

	private @Nullable Double woken(String name, Function<WakeUpFigures, @Nullable Double> figure) {
		return mean(name, (fork) -> (fork.wakeUps() != null) ? figure.apply(fork.wakeUps()) : null);
	}

	private @Nullable Map<String, String> withheld() {
		double compilation = this.step.forks()
			.stream()
			.map(StepEstimate::compilationShare)
			.filter(Objects::nonNull)
			.mapToDouble(Double.class::cast)
			.max()
			.orElse(0);
		return (compilation <= StepEstimate.MOST_COMPILATION) ? null
				: Map.of("cpuMsPerRequest",
						String.format(Locale.ROOT,
								"the JIT compiler took %.0f %% of the lane's CPU time; %.0f %% are allowed",
								100 * compilation, 100 * StepEstimate.MOST_COMPILATION));
	}

	private static @Nullable LatencyMs latency(List<Percentile> percentiles, Histogram latency) {
		if (latency.getTotalCount() == 0) {
			return null;
		}
		List<@Nullable Double> values = new ArrayList<>();
		for (Percentile percentile : percentiles) {
			values.add((percentile.valueMs() != null) ? Figures.round(percentile.valueMs()) : null);
		}
		return new LatencyMs(values.get(0), values.get(1), values.get(2), values.get(3),
				Figures.round(latency.getMaxValue() / 1000.0));
	}

	private @Nullable Double mean(String name, Function<StepEstimate, @Nullable Double> figure) {
		List<Double> values = this.step.values(figure);
		if (values.isEmpty()) {
			return null;
		}
		if (this.step.forks().size() > 1) {
			double lowest = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
			double highest = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
			this.ranges.put(name, List.of(Figures.round(lowest), Figures.round(highest)));
		}
		return Figures.round(Interval.mean(values));
	}

}
