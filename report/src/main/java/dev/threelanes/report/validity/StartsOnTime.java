package dev.threelanes.report.validity;

import java.util.Locale;
import java.util.Optional;

import dev.threelanes.report.cell.InjectorStep;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import org.HdrHistogram.Histogram;

/**
 * Requests started when they were due. A generator that lags stamps the start late and so
 * hides the wait from the latency. One late start alone condemns no step, however few
 * there were.
 */
final class StartsOnTime extends InjectorRule {

	private static final double LEAST_MS = 10;

	private static final double SHARE_OF_DELAY = 0.1;

	private static final double LATE = 0.01;

	@Override
	public String id() {
		return "start-lag";
	}

	@Override
	public String title() {
		return "99 % of the requests, or all but one, started at most max(10 ms, D/10) late";
	}

	@Override
	Optional<Closest> closest(LoadedCell cell, LoadedStep step, InjectorStep generator) {
		if (generator.startLag().getTotalCount() == 0) {
			return Optional.empty();
		}
		double allowedMs = Math.max(LEAST_MS, SHARE_OF_DELAY * cell.parameters().delayMs());
		double lateMs = generator.startLag().getValueAtPercentile(99) / 1000.0;
		return Optional.of(new Closest(step.step().name(), lateMs / allowedMs, String.format(Locale.ROOT,
				"1 %% started %.1f ms late or more; %.0f ms are allowed", lateMs, allowedMs)));
	}

	@Override
	Optional<String> problem(LoadedCell cell, LoadedStep step, InjectorStep generator) {
		double allowedMs = Math.max(LEAST_MS, SHARE_OF_DELAY * cell.parameters().delayMs());
		Histogram lag = generator.startLag();
		long onTime = lag.getCountBetweenValues(0, Math.round(allowedMs * 1000));
		long late = lag.getTotalCount() - onTime;
		if (late <= Math.max(1, LATE * lag.getTotalCount())) {
			return Optional.empty();
		}
		return Optional
			.of(String.format(Locale.ROOT, "1 %% of the requests started %.0f ms late or more; %.0f ms are allowed",
					lag.getValueAtPercentile(99) / 1000.0, allowedMs));
	}

	@Override
	Optional<String> unchecked(LoadedCell cell, LoadedStep step) {
		if (step.step().waiting()) {
			return Optional.of("a wake-up is timed from its own start, and not from when those came who wait");
		}
		boolean comesBack = !step.step().open() && step.step().steady();
		return comesBack ? Optional.of("who asks again when answered is never due") : Optional.empty();
	}

}
