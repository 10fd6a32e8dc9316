package dev.threelanes.report.validity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

import dev.threelanes.report.cell.InjectorStep;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;

/**
 * The generator had processor time to spare. One that is busy all the time sends when it
 * can, not when it should.
 */
final class GeneratorHadProcessor extends InjectorRule {

	private static final double MOST = 0.8;

	@Override
	public String id() {
		return "generator-cpu";
	}

	@Override
	public String title() {
		return "The generator used less than 80 % of the processors that it could use";
	}

	@Override
	Optional<Closest> closest(LoadedCell cell, LoadedStep step, InjectorStep generator) {
		OptionalDouble used = used(step, generator);
		return used.isEmpty() ? Optional.empty()
				: Optional.of(new Closest(step.step().name(), used.getAsDouble() / MOST,
						String.format(Locale.ROOT, "%.0f %% of its processors", 100 * used.getAsDouble())));
	}

	@Override
	Optional<String> problem(LoadedCell cell, LoadedStep step, InjectorStep generator) {
		OptionalDouble used = used(step, generator);
		if (used.isEmpty() || used.getAsDouble() < MOST) {
			return Optional.empty();
		}
		return Optional.of(String.format(Locale.ROOT,
				"The generator used %.0f %% of its processors; less than 80 %% are allowed: it was measured itself",
				100 * used.getAsDouble()));
	}

	@Override
	Optional<String> unchecked(LoadedCell cell, LoadedStep step) {
		return generators(cell, step).stream().anyMatch((generator) -> used(step, generator).isPresent())
				? Optional.empty() : Optional.of("this system does not tell the CPU time of the generator");
	}

	// On one machine all of them share its processors, and none alone may use them up.
	@Override
	List<InjectorStep> generators(LoadedCell cell, LoadedStep step) {
		return Stream.concat(Stream.of(InjectorStep.ofAll(cell, step)), step.injectors().stream()).toList();
	}

	private static OptionalDouble used(LoadedStep step, InjectorStep generator) {
		long from = step.record().startedAtEpochMillis();
		long to = step.record().lastStartEpochMillis();
		OptionalDouble cpu = generator.cpuMillis().growth(from, to);
		return (cpu.isPresent() && to > from)
				? OptionalDouble.of(cpu.getAsDouble() / ((to - from) * (double) generator.processors()))
				: OptionalDouble.empty();
	}

}
