package dev.threelanes.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What does a lock cost three requests, and what a semaphore of two? {@link Permits} asks
 * the same under load.
 */
final class Lock {

	private static final String SOURCE = "A guide to asyncio's concurrency and synchronisation";

	private Lock() {
	}

	static Experiment declare() {
		List<Contender> contenders = new ArrayList<>();
		for (int permits = 1; permits <= 2; permits++) {
			for (Lane lane : Lane.values()) {
				contenders.add(new Contender(id(lane, permits), "%s, P = %d".formatted(lane.title(), permits), lane,
						Map.of(Parameter.PERMITS.id(), permits)));
			}
		}
		return Declaration
			.of(Theme.TOGETHER, "lock", "How long do three requests take behind a lock, and behind a semaphore of two?",
					SOURCE)
			.contenders(contenders.toArray(Contender[]::new))
			.boundBy(Bound.ofEveryLane(Parameter.PERMITS))
			.asking((parameters) -> Request.limited(parameters.delayMs()))
			.under(new Load.Bursts(List.of(1, 3)))
			.with(Profile.SMOKE, new Parameters(200, 200).and(Parameter.PERMITS, 1))
			.with(new Parameters(1000, 200).and(Parameter.PERMITS, 1))
			.predicting(new Prediction.Value(Quantity.MAKESPAN, "⌈n/P⌉·(D+ε) on every lane",
					"P permits let n requests through in waves of P; a lock is a semaphore of one", new Band(0.02, 20),
					(conditions) -> (conditions.users() > 1) ? OptionalDouble.of(1000 * conditions.makespanSeconds())
							: OptionalDouble.empty()))
			.predicting(new Prediction.Value(Quantity.FIRST_WAVE, "min(n, P) on every lane",
					"P permits let n requests through in waves of P", new Band(0, 0.5),
					(conditions) -> OptionalDouble.of(conditions.firstWave())))
			.declare();
	}

	static Published published() {
		return new Published(SOURCE, 1, List.of(series("a lock", 1, 3.01), series("a semaphore of two", 2, 2.01)));
	}

	private static Published.Series series(String title, int permits, double seconds) {
		Set<String> contenders = Stream.of(Lane.values())
			.map((lane) -> id(lane, permits))
			.collect(Collectors.toUnmodifiableSet());
		return new Published.Series(title, contenders, new TreeMap<>(Map.of(3, seconds)));
	}

	private static String id(Lane lane, int permits) {
		return lane.id() + "-" + permits;
	}

}
