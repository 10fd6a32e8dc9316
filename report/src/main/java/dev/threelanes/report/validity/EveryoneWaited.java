package dev.threelanes.report.validity;

import java.util.List;
import java.util.Optional;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.WakeUp;

/**
 * Whoever was to be woken was waiting by then. The last wake-up asks for everyone once
 * more, when nobody should be left: who is woken by it came too late for the ones before,
 * and they cannot be blamed for it.
 */
final class EveryoneWaited extends StepRule {

	/** Two, all others, and all once more. */
	private static final int WAKE_UPS = 3;

	@Override
	public String id() {
		return "waiting";
	}

	@Override
	public String title() {
		return "Everybody who was to be woken was waiting by then, and every wake-up was answered";
	}

	@Override
	Optional<String> problem(LoadedCell cell, LoadedStep step) {
		if (!step.step().waiting()) {
			return Optional.empty();
		}
		List<WakeUp> wakeUps = step.wakeUps();
		long answered = wakeUps.stream().filter((wakeUp) -> wakeUp.counted() != null).count();
		if (answered < WAKE_UPS) {
			return Optional.of("%d of %d wake-ups were answered".formatted(answered, WAKE_UPS));
		}
		Long late = wakeUps.getLast().counted();
		return (late == null || late == 0) ? Optional.empty()
				: Optional.of("%d callers were not waiting yet when everyone was woken".formatted(late));
	}

}
