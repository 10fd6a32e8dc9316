package dev.threelanes.report.estimate;

import java.util.List;

import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.WakeUp;
import org.jspecify.annotations.Nullable;

/**
 * What became of the callers who waited in a step. Who was woken is counted by the
 * answers that they received, and beside it stands what the lane counted itself.
 *
 * @param first how many received the event that was to wake two
 * @param then how many received the event that was to wake all others
 * @param miscounted by how many the lane's counts of both differ from that; absent if it
 * did not say
 * @param firstMs from the sending of the first wake-up to the last answer of those whom
 * it woke, in milliseconds; absent if it woke nobody
 * @param thenMs the same of the second
 */
public record WakeUpFigures(double first, double then, @Nullable Double miscounted, @Nullable Double firstMs,
		@Nullable Double thenMs) {

	private static final int COUNTED = 2;

	/**
	 * Computes the figures.
	 * @param step a step
	 * @return the figures, or nothing without two wake-ups
	 */
	static @Nullable WakeUpFigures of(LoadedStep step) {
		if (step.wakeUps().size() < COUNTED) {
			return null;
		}
		WakeUp first = step.wakeUps().get(0);
		WakeUp then = step.wakeUps().get(1);
		return new WakeUpFigures(first.received(), then.received(), miscounted(List.of(first, then)), lastMs(first),
				lastMs(then));
	}

	private static @Nullable Double miscounted(List<WakeUp> wakeUps) {
		double difference = 0;
		for (WakeUp wakeUp : wakeUps) {
			if (wakeUp.counted() == null) {
				return null;
			}
			difference += Math.abs(wakeUp.counted() - wakeUp.received());
		}
		return difference;
	}

	private static @Nullable Double lastMs(WakeUp wakeUp) {
		return (wakeUp.received() > 0) ? wakeUp.lastMicros() / 1000.0 : null;
	}

}
