package dev.threelanes.report.validity;

import java.util.Optional;

import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Parameter;

/**
 * Which of the limits that a running lane tells of itself a parameter sets.
 */
public final class ParameterLimits {

	private ParameterLimits() {
	}

	/**
	 * The name of the limit that a parameter sets.
	 * @param parameter the parameter
	 * @param lane the lane
	 * @return its name in the lane's answer, or nothing if the parameter sets none there
	 */
	public static Optional<String> limit(Parameter parameter, Lane lane) {
		boolean felt = switch (parameter) {
			case THREADS -> lane.threadBound();
			case LOOPS -> lane == Lane.WEBFLUX;
			case CONNECTIONS, DB_CONNECTIONS, PERMITS, ADMITTED, TIMEOUT_MS, DELAY_MS, ROUNDS, STALL_MS, REQUESTS,
					HEAP_MB, JVMS, PROCESSORS ->
				true;
		};
		return felt ? limit(parameter) : Optional.empty();
	}

	/**
	 * Whether a parameter sets a limit, so that it is held against the parameter and need
	 * not be the same for all contenders.
	 * @param limit its name in the lanes' answers
	 * @param parameter the parameter
	 * @return {@code true} if so
	 */
	static boolean sets(Parameter parameter, String limit) {
		return limit(parameter).filter(limit::equals).isPresent();
	}

	private static Optional<String> limit(Parameter parameter) {
		return switch (parameter) {
			case THREADS -> Optional.of("serverThreads");
			case CONNECTIONS -> Optional.of("clientMaxConnections");
			case DB_CONNECTIONS -> Optional.of("dbMaxConnections");
			case PERMITS -> Optional.of("permits");
			case LOOPS -> Optional.of("eventLoops");
			case ADMITTED -> Optional.of("maxRequests");
			case TIMEOUT_MS -> Optional.of("clientResponseTimeoutMs");
			case DELAY_MS, ROUNDS, STALL_MS, REQUESTS, HEAP_MB, JVMS, PROCESSORS -> Optional.empty();
		};
	}

}
