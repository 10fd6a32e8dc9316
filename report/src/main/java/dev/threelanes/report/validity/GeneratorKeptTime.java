package dev.threelanes.report.validity;

import java.util.Locale;
import java.util.Optional;

import dev.threelanes.report.cell.InjectorStep;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import org.HdrHistogram.Histogram;

/**
 * The generator was woken when it asked to be. Its latencies hold whatever it slept
 * through itself.
 */
final class GeneratorKeptTime extends InjectorRule {

	private static final double LEAST_MS = 10;

	private static final double SHARE_OF_DELAY = 0.1;

	@Override
	public String id() {
		return "heartbeat";
	}

	@Override
	public String title() {
		return "99 % of the generator's heartbeats came at most max(10 ms, D/10) late";
	}

	@Override
	Optional<Closest> closest(LoadedCell cell, LoadedStep step, InjectorStep generator) {
		if (generator.heartbeat().getTotalCount() == 0) {
			return Optional.empty();
		}
		double allowedMs = Math.max(LEAST_MS, SHARE_OF_DELAY * cell.parameters().delayMs());
		double lateMs = generator.heartbeat().getValueAtPercentile(99) / 1000.0;
		return Optional.of(new Closest(step.step().name(), lateMs / allowedMs,
				String.format(Locale.ROOT, "1 %% came %.1f ms late or more; %.0f ms are allowed", lateMs, allowedMs)));
	}

	@Override
	Optional<String> problem(LoadedCell cell, LoadedStep step, InjectorStep generator) {
		double allowedMs = Math.max(LEAST_MS, SHARE_OF_DELAY * cell.parameters().delayMs());
		Histogram heartbeat = generator.heartbeat();
		if (heartbeat.getTotalCount() == 0) {
			return Optional.of("The generator has no heartbeat");
		}
		double lateMs = heartbeat.getValueAtPercentile(99) / 1000.0;
		return (lateMs <= allowedMs) ? Optional.empty()
				: Optional.of(String.format(Locale.ROOT,
						"1 %% of the generator's heartbeats came %.0f ms late or more; %.0f ms are allowed", lateMs,
						allowedMs));
	}

}
