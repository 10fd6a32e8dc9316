package dev.threelanes.report.validity;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.threelanes.experiments.Outage;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;

/**
 * A fault on demand took place, when it was declared and never else: by the downstream's
 * own count of the requests that met it.
 */
final class DownstreamFailedAsTold extends StepRule {

	/** Samples are a second apart, and what lies between two of them is not known. */
	private static final long BETWEEN_SAMPLES_MILLIS = 1500;

	@Override
	public String id() {
		return "faults";
	}

	@Override
	public String title() {
		return "The downstream failed on demand when it was told to, and at no other time";
	}

	@Override
	Optional<String> problem(LoadedCell cell, LoadedStep step) {
		long start = step.record().startedAtEpochMillis();
		long end = step.record().lastAnswerEpochMillis();
		Optional<Outage> outage = cell.outage(step.step().name());
		if (outage.isEmpty()) {
			return outside(growth(cell, start, end).orElse(0));
		}
		OptionalDouble all = growth(cell, start, end);
		if (all.isEmpty()) {
			return Optional.of("Whether the downstream failed is not known: its metrics do not cover the step");
		}
		if (all.getAsDouble() < 1) {
			return Optional.of("The downstream met no request with the fault that it was told to have");
		}
		return outside(growth(cell, start, start + outage.get().begin().toMillis() - BETWEEN_SAMPLES_MILLIS).orElse(0)
				+ growth(cell, start + outage.get().end().toMillis() + BETWEEN_SAMPLES_MILLIS, end).orElse(0));
	}

	private static Optional<String> outside(double faults) {
		return (faults < 1) ? Optional.empty() : Optional.of(String.format(Locale.ROOT,
				"The downstream failed %.0f requests at a time when nobody had told it to", faults));
	}

	private static OptionalDouble growth(LoadedCell cell, long from, long to) {
		return cell.samples().series(Metric.DOWNSTREAM_FAULTS).growth(from, to);
	}

}
