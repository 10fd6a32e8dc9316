package dev.threelanes.report.validity;

import java.util.Locale;
import java.util.Optional;

import dev.threelanes.report.cell.InjectorStep;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.StepRecord;

/**
 * The generator did not spend its time collecting garbage.
 */
final class GeneratorCollectedLittle extends InjectorRule {

	private static final double MOST = 0.05;

	@Override
	public String id() {
		return "generator-gc";
	}

	@Override
	public String title() {
		return "The generator spent at most 5 % of the time in its garbage collector";
	}

	@Override
	Optional<Closest> closest(LoadedCell cell, LoadedStep step, InjectorStep generator) {
		StepRecord record = generator.record();
		double share = record.generatorGcMillis()
				/ (double) Math.max(1, record.lastAnswerEpochMillis() - record.startedAtEpochMillis());
		return Optional.of(new Closest(step.step().name(), share / MOST,
				String.format(Locale.ROOT, "%.1f %% of the time", 100 * share)));
	}

	@Override
	Optional<String> problem(LoadedCell cell, LoadedStep step, InjectorStep generator) {
		StepRecord record = generator.record();
		double share = record.generatorGcMillis()
				/ (double) Math.max(1, record.lastAnswerEpochMillis() - record.startedAtEpochMillis());
		return (share <= MOST) ? Optional.empty() : Optional.of(String.format(Locale.ROOT,
				"The generator spent %.0f %% of the time in its garbage collector; 5 %% are allowed", 100 * share));
	}

}
