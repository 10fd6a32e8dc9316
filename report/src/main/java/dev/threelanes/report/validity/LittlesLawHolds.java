package dev.threelanes.report.validity;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.threelanes.experiments.Parameter;
import dev.threelanes.report.cell.CellStep;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import org.HdrHistogram.Histogram;

/**
 * Little's law, L = X·R, closes over three witnesses that do not know of each other: the
 * generator counts X, the lane's timer measures R, the time of a request inside the lane,
 * and the lane's gauge says how many requests are in it. If it does not close, one of
 * them lies. (J. D. C. Little, "A Proof for the Queuing Formula: L = λW", 1961.)
 */
final class LittlesLawHolds extends StepRule {

	private static final double MOST = 0.05;

	/** A gauge of whole requests, read a few times, is not finer than this. */
	private static final double LEAST_REQUESTS = 2;

	/** A run is sampled once a second. */
	private static final double MOST_TURN_MS = 500;

	private static final int ENOUGH_SAMPLES = 2;

	private static final double CLEARLY_PAST = 1.1;

	/** The generator's class for a request without any answer. */
	private static final String NO_ANSWER = "no-answer";

	/** What the generator gives up, the lane still works on. */
	private static final double MOST_GIVEN_UP = 0.001;

	@Override
	public String id() {
		return "little";
	}

	@Override
	public String title() {
		return "Little's law closes: throughput × time in the lane is within 5 % of the requests in flight";
	}

	@Override
	Optional<Closest> closest(LoadedCell cell, LoadedStep step) {
		if (!step.step().steady() || blind(cell, step).isPresent()) {
			return Optional.empty();
		}
		return Witnesses.of(cell, step).map((witnesses) -> {
			double product = witnesses.throughputRps() * witnesses.secondsInLane();
			double apart = Math.abs(product - witnesses.inFlight());
			return new Closest(step.step().name(), apart / Math.max(MOST * witnesses.inFlight(), LEAST_REQUESTS),
					String.format(Locale.ROOT,
							"%.1f answers a second × %.3f s are %.1f requests, and the lane says %.1f",
							witnesses.throughputRps(), witnesses.secondsInLane(), product, witnesses.inFlight()));
		});
	}

	@Override
	Optional<String> problem(LoadedCell cell, LoadedStep step) {
		if (unsteady(cell, step).isPresent() || blind(cell, step).isPresent()) {
			return Optional.empty();
		}
		Optional<Witnesses> witnesses = Witnesses.of(cell, step);
		if (witnesses.isEmpty()) {
			return Optional.empty();
		}
		double product = witnesses.get().throughputRps() * witnesses.get().secondsInLane();
		double inFlight = witnesses.get().inFlight();
		if (Math.abs(product - inFlight) <= Math.max(MOST * inFlight, LEAST_REQUESTS)) {
			return Optional.empty();
		}
		return Optional.of(String.format(Locale.ROOT,
				"Little's law does not close: %.1f answers a second × %.3f s in the lane are %.1f requests in flight, "
						+ "and the lane says %.1f",
				witnesses.get().throughputRps(), witnesses.get().secondsInLane(), product, inFlight));
	}

	@Override
	Optional<String> unchecked(LoadedCell cell, LoadedStep step) {
		Optional<String> unsteady = unsteady(cell, step);
		if (unsteady.isPresent()) {
			return unsteady;
		}
		if (blind(cell, step).isPresent()) {
			return blind(cell, step);
		}
		return Witnesses.of(cell, step).isPresent() ? Optional.empty()
				: Optional.of("there are fewer than two samples of the requests in flight while it was steady");
	}

	private static Optional<String> unsteady(LoadedCell cell, LoadedStep step) {
		if (!step.step().steady()) {
			return Optional.of("users who all arrive before the first is answered have no steady state");
		}
		if (cell.outage(step.step().name()).isPresent()) {
			return Optional.of("the downstream was told to fail, so that there is no steady state");
		}
		Histogram givenUp = step.failures().get(NO_ANSWER);
		return (givenUp != null && givenUp.getTotalCount() > MOST_GIVEN_UP * step.record().started())
				? Optional.of("users gave up %d requests: the generator did not see when the lane was done with them"
					.formatted(givenUp.getTotalCount()))
				: Optional.empty();
	}

	// Why the gauge of a mix tells nothing about it on average.
	private static Optional<String> blind(LoadedCell cell, LoadedStep step) {
		if (!(step.step().mix() instanceof CellStep.Together mix)) {
			return Optional.empty();
		}
		if (cell.queues(step.step())) {
			return Optional.of("whoever asks for the requests in flight is held up too, until there are fewer");
		}
		return (mix.turnMs() < MOST_TURN_MS) ? Optional.empty()
				: Optional.of("its turns are as slow as the samples, which meet the same part of each");
	}

	/**
	 * What each of the three says of the stretch between the same two samples.
	 *
	 * @param throughputRps X, answers a second
	 * @param secondsInLane R, in seconds
	 * @param inFlight L, requests
	 */
	private record Witnesses(double throughputRps, double secondsInLane, double inFlight) {

		static Optional<Witnesses> of(LoadedCell cell, LoadedStep step) {
			return queuesInside(cell, step) ? fromEmptyToEmpty(cell, step) : whileSteady(cell, step);
		}

		// Who waits for a thread waits in front of the lane, where no gauge counts; who
		// waits for anything else waits inside, so that there are ever more in flight.
		private static boolean queuesInside(LoadedCell cell, LoadedStep step) {
			return step.step().mix() == null && cell.bounded()
					&& cell.experiment().bound().places() != Parameter.THREADS
					&& step.step().rps() > CLEARLY_PAST * cell.capRps();
		}

		// Between two moments at which nobody is in the lane the law holds of any load,
		// steady or not: each request adds its time in the lane to the sum of those in
		// flight over time.
		private static Optional<Witnesses> fromEmptyToEmpty(LoadedCell cell, LoadedStep step) {
			List<Map.Entry<Long, Double>> gauge = cell.samples().series(Metric.IN_FLIGHT).points();
			long from = gauge.stream()
				.mapToLong(Map.Entry::getKey)
				.filter((at) -> at <= step.record().startedAtEpochMillis())
				.max()
				.orElse(Long.MAX_VALUE);
			long to = gauge.stream()
				.mapToLong(Map.Entry::getKey)
				.filter((at) -> at >= step.record().lastAnswerEpochMillis())
				.min()
				.orElse(Long.MIN_VALUE);
			if (from >= to) {
				return Optional.empty();
			}
			OptionalDouble count = cell.samples().series(Metric.SERVER_COUNT).growth(from, to);
			OptionalDouble millis = cell.samples().series(Metric.SERVER_MILLIS).growth(from, to);
			if (count.isEmpty() || millis.isEmpty() || count.getAsDouble() <= 0) {
				return Optional.empty();
			}
			double requestMillis = 0;
			Map.Entry<Long, Double> last = null;
			for (Map.Entry<Long, Double> sample : gauge) {
				if (last != null && last.getKey() >= from && sample.getKey() <= to) {
					requestMillis += (sample.getKey() - last.getKey()) * (sample.getValue() + last.getValue()) / 2;
				}
				last = sample;
			}
			double ended = step.record().answered() + (double) step.record().failed();
			return Optional.of(new Witnesses(ended * 1000 / (to - from),
					millis.getAsDouble() / count.getAsDouble() / 1000, requestMillis / (to - from)));
		}

		private static Optional<Witnesses> whileSteady(LoadedCell cell, LoadedStep step) {
			long start = step.record().startedAtEpochMillis();
			// The first D fills the lane; after the last start it empties.
			NavigableMap<Long, Double> gauge = cell.samples()
				.series(Metric.IN_FLIGHT)
				.between(start + Math.round(1.1 * cell.serviceTime(step.step().name()).toMillis()),
						step.record().lastStartEpochMillis());
			if (gauge.size() < ENOUGH_SAMPLES) {
				return Optional.empty();
			}
			long from = gauge.firstKey();
			long to = gauge.lastKey();
			OptionalDouble count = cell.samples().series(Metric.SERVER_COUNT).growth(from, to);
			OptionalDouble millis = cell.samples().series(Metric.SERVER_MILLIS).growth(from, to);
			if (count.isEmpty() || millis.isEmpty() || count.getAsDouble() <= 0) {
				return Optional.empty();
			}
			long answered = cell.together(step).stream().mapToLong((part) -> arrived(part, from, to)).sum();
			return Optional
				.of(new Witnesses(answered * 1000.0 / (to - from), millis.getAsDouble() / count.getAsDouble() / 1000,
						gauge.values().stream().mapToDouble(Double::doubleValue).average().orElse(0)));
		}

		private static long arrived(LoadedStep step, long from, long to) {
			long start = step.record().startedAtEpochMillis();
			return step.timeline().arrived(from - start, to - start);
		}

	}

}
