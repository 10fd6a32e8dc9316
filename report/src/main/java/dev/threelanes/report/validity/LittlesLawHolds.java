package dev.threelanes.report.validity;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

import dev.threelanes.experiments.Parameter;
import dev.threelanes.report.cell.CellStep;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.Metric;
import org.HdrHistogram.Histogram;

/**
 * Little's law, L = X·R, closes over three witnesses that do not know of each other: the
 * generator counts X, the lane's timer measures R, the time of a request inside the lane,
 * and the lane's gauge says how many requests are in it. Those whom admission control
 * refuses are not in it at all. If it does not close, one of them lies. (J. D. C. Little,
 * "A Proof for the Queuing Formula: L = λW", 1961.)
 */
final class LittlesLawHolds extends StepRule {

	private static final double MOST = 0.05;

	/** A gauge of whole requests, read a few times, is not finer than this. */
	private static final double LEAST_REQUESTS = 2;

	/** A run is sampled once a second. */
	private static final double MOST_TURN_MS = 500;

	private static final int ENOUGH_SAMPLES = 2;

	/**
	 * Between fewer samples lie fewer than two service times or so of a quick lane's
	 * step: who came in before and who is still in at their end would weigh as much as
	 * all others.
	 */
	private static final int ENOUGH_FOR_A_STRETCH = 4;

	private static final double CLEARLY_PAST = 1.1;

	/** The generator's class for a request without any answer. */
	private static final String NO_ANSWER = "no-answer";

	/**
	 * Its class for a refusal. Who is not let in is refused before the lane's timer and
	 * gauge.
	 */
	private static final String REFUSED = "status-503";

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
			// When each was refused is in no timeline, only how many were.
			return (queuesInside(cell, step) || refused(cell, step) > 0) ? fromEmptyToEmpty(cell, step)
					: whileSteady(cell, step);
		}

		// Who waits for a thread waits in front of the lane, where no gauge counts; who
		// waits for anything else waits inside, so that there are ever more in flight.
		private static boolean queuesInside(LoadedCell cell, LoadedStep step) {
			return step.step().mix() == null && cell.bounded()
					&& cell.experiment().bound().places() != Parameter.THREADS
					&& step.step().rps() > CLEARLY_PAST * cell.capRps();
		}

		// A queue grows all the time; a lane that refuses is full after the first D and
		// until the last.
		private static Optional<Witnesses> fromEmptyToEmpty(LoadedCell cell, LoadedStep step) {
			long begin = step.record().startedAtEpochMillis();
			long end = step.record().lastAnswerEpochMillis();
			long flank = (refused(cell, step) > 0) ? cell.serviceTime(step.step().name()).toMillis() : end - begin;
			return fromEmptyToEmpty(cell, step, cell.samples().series(Metric.IN_FLIGHT).between(begin, end), flank);
		}

		// Between two moments at which nobody is in the lane the law holds of any load,
		// steady or not: each request adds its time in the lane to the sum of those in
		// flight over time.
		private static Optional<Witnesses> fromEmptyToEmpty(LoadedCell cell, LoadedStep step,
				NavigableMap<Long, Double> inside, long flank) {
			List<Map.Entry<Long, Double>> gauge = cell.samples().series(Metric.IN_FLIGHT).points();
			long begin = step.record().startedAtEpochMillis();
			long end = step.record().lastAnswerEpochMillis();
			long from = gauge.stream()
				.mapToLong(Map.Entry::getKey)
				.filter((at) -> at <= begin)
				.max()
				.orElse(Long.MAX_VALUE);
			long to = gauge.stream()
				.mapToLong(Map.Entry::getKey)
				.filter((at) -> at >= end)
				.min()
				.orElse(Long.MIN_VALUE);
			if (from >= to || inside.size() < ENOUGH_SAMPLES) {
				return Optional.empty();
			}
			OptionalDouble count = cell.samples().series(Metric.SERVER_COUNT).growth(from, to);
			OptionalDouble millis = cell.samples().series(Metric.SERVER_MILLIS).growth(from, to);
			if (count.isEmpty() || millis.isEmpty() || count.getAsDouble() <= 0) {
				return Optional.empty();
			}
			double requestMillis = requestMillis(inside, begin, end, flank);
			double ended = step.record().answered() + (double) step.record().failed() - refused(cell, step);
			return Optional.of(new Witnesses(ended * 1000 / (end - begin),
					millis.getAsDouble() / count.getAsDouble() / 1000, requestMillis / (end - begin)));
		}

		// Nobody is in the lane at the begin and at the end; a sample before or after may
		// belong to another step.
		private static double requestMillis(NavigableMap<Long, Double> gauge, long begin, long end, long flank) {
			NavigableMap<Long, Double> line = new TreeMap<>(gauge);
			line.putIfAbsent(Math.min(gauge.firstKey(), begin + flank), gauge.firstEntry().getValue());
			line.putIfAbsent(Math.max(gauge.lastKey(), end - flank), gauge.lastEntry().getValue());
			line.put(begin, 0.0);
			line.put(end, 0.0);
			double sum = 0;
			Map.Entry<Long, Double> last = line.firstEntry();
			for (Map.Entry<Long, Double> point : line.entrySet()) {
				sum += (point.getKey() - last.getKey()) * (point.getValue() + last.getValue()) / 2;
				last = point;
			}
			return sum;
		}

		private static long refused(LoadedCell cell, LoadedStep step) {
			Histogram refusals = step.failures().get(REFUSED);
			boolean admits = cell.parameters().values().getOrDefault(Parameter.ADMITTED, 0) > 0;
			return (admits && refusals != null) ? refusals.getTotalCount() : 0;
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
			if (gauge.size() < ENOUGH_FOR_A_STRETCH && step.step().mix() == null && !cell.queues(step.step())) {
				return fromEmptyToEmpty(cell, step, gauge, cell.serviceTime(step.step().name()).toMillis());
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
