package dev.threelanes.report.capacity;

import java.util.List;

import dev.threelanes.report.capacity.Probe.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Finds the highest rate at which a lane meets an objective: rises by doubling until a
 * probe breaks it, then bisects, then confirms the highest rate that met it with a second
 * probe. A rate that met it once and broke it once counts as broken.
 *
 * @param firstRps where to begin, requests a second
 * @param mostRps beyond what not to go, since the generator could not be believed
 */
public record CapacitySearch(double firstRps, double mostRps) {

	/** The bracket is narrow enough when its ends are no farther apart than this. */
	static final double RESOLUTION = 1.05;

	/** So often a rate must meet the objective. */
	static final int CONFIRMATIONS = 2;

	private static final int MOST_PROBES = 20;

	private static final double LEAST_SHARE = 1 / 64.0;

	public CapacitySearch {
		if (firstRps <= 0 || mostRps < firstRps) {
			throw new IllegalArgumentException(
					"a search needs a first rate above 0 and at most %s, not %s".formatted(mostRps, firstRps));
		}
	}

	/**
	 * What to do after some probes.
	 * @param probes all probes so far, in their order
	 * @return the next rate, or the end of the search
	 */
	public Next next(List<Probe> probes) {
		double low = low(probes);
		double high = high(probes);
		if (probes.size() >= MOST_PROBES) {
			return found(probes, low, high, "no end after %d probes".formatted(MOST_PROBES));
		}
		Probe last = probes.isEmpty() ? null : probes.getLast();
		if (last != null && last.outcome() == Outcome.INVALID) {
			return again(probes, last) ? new Next.Try(last.offeredRps()) : found(probes, low, high,
					"at %.0f a second: %s".formatted(last.offeredRps(), last.reasons().getFirst()));
		}
		if (low == 0) {
			return below(probes, high);
		}
		if (high == Double.POSITIVE_INFINITY && low < this.mostRps) {
			return new Next.Try(Math.min(2 * low, this.mostRps));
		}
		if (high / low > RESOLUTION && high != Double.POSITIVE_INFINITY) {
			return new Next.Try(Math.sqrt(high * low));
		}
		return (met(probes, low) < CONFIRMATIONS) ? new Next.Try(low) : found(probes, low, high, null);
	}

	private Next below(List<Probe> probes, double high) {
		if (high == Double.POSITIVE_INFINITY) {
			return new Next.Try(this.firstRps);
		}
		return (high > this.firstRps * LEAST_SHARE) ? new Next.Try(high / 2)
				: found(probes, 0, high, "even the lowest rate breaks the objective");
	}

	private static Next found(List<Probe> probes, double low, double high, @Nullable String why) {
		boolean confirmed = why == null && low > 0 && met(probes, low) >= CONFIRMATIONS;
		return new Next.Found((low > 0) ? low : null, (high < Double.POSITIVE_INFINITY) ? high : null, confirmed, why);
	}

	// The highest rate that met the objective, below every one that broke it.
	private static double low(List<Probe> probes) {
		double high = high(probes);
		return probes.stream()
			.filter((probe) -> probe.outcome() == Outcome.MEETS && probe.offeredRps() < high)
			.mapToDouble(Probe::offeredRps)
			.max()
			.orElse(0);
	}

	private static double high(List<Probe> probes) {
		return probes.stream()
			.filter((probe) -> probe.outcome() == Outcome.BREAKS)
			.mapToDouble(Probe::offeredRps)
			.min()
			.orElse(Double.POSITIVE_INFINITY);
	}

	private static long met(List<Probe> probes, double rps) {
		return probes.stream().filter((probe) -> probe.outcome() == Outcome.MEETS && probe.offeredRps() == rps).count();
	}

	// Once more after a first invalid probe: a busy moment of the machine is no limit.
	private static boolean again(List<Probe> probes, Probe last) {
		return probes.stream()
			.filter((probe) -> probe.outcome() == Outcome.INVALID && probe.offeredRps() == last.offeredRps())
			.count() < 2;
	}

	/**
	 * A step of the search.
	 */
	public sealed interface Next {

		/**
		 * Look at this rate.
		 *
		 * @param offeredRps requests a second
		 */
		record Try(double offeredRps) implements Next {
		}

		/**
		 * The search is over.
		 *
		 * @param lowRps the highest rate that met the objective; absent if none did
		 * @param highRps the lowest rate that broke it; absent if none did
		 * @param confirmed whether the former was met more than once, and the bracket is
		 * narrow or nothing up to the generator's limit broke it
		 * @param why why the search ended early; absent if it did not
		 */
		record Found(@Nullable Double lowRps, @Nullable Double highRps, boolean confirmed,
				@Nullable String why) implements Next {
		}

	}

}
