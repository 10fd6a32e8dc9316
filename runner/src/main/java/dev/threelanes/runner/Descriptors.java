package dev.threelanes.runner;

import java.util.Map;

import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Load;
import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * How many files a process may open here. A connection is one, so that they bound how
 * many requests a lane can hold at once.
 *
 * @param limit the limit; absent where the system has none
 */
record Descriptors(@Nullable Long limit) {

	/** Files besides the connections of the load: logs, jars, Actuator, loops. */
	static final int RESERVE = 500;

	static Descriptors ofThisProcess() {
		return new Descriptors(MachineFacts.descriptorLimit());
	}

	/**
	 * How many descriptors a lane needs to hold requests.
	 * @param experiment what is asked for
	 * @param requests how many at once
	 * @return the number of descriptors
	 */
	static long needed(Experiment experiment, long requests) {
		return requests * each(experiment) + RESERVE;
	}

	/**
	 * How many requests a lane can hold at once.
	 * @param experiment what is asked for
	 * @return the number of requests
	 */
	long most(Experiment experiment) {
		return (this.limit != null) ? Math.max(0, (this.limit - RESERVE) / each(experiment)) : Long.MAX_VALUE;
	}

	/**
	 * Lowers the number of requests that an experiment holds at once to what there are
	 * descriptors for. What a reader asked for is left as it is, and refused if it is too
	 * much.
	 * @param experiment the experiment
	 * @param parameters its parameters
	 * @param changes what the reader changed
	 * @return parameters that this process can be asked for
	 */
	Parameters fit(Experiment experiment, Parameters parameters, Map<String, String> changes) {
		Integer asked = parameters.values().get(Parameter.REQUESTS);
		long most = most(experiment);
		return (asked != null && asked > most && most > 0 && !changes.containsKey(Parameter.REQUESTS.id()))
				? parameters.and(Parameter.REQUESTS, Math.toIntExact(most)) : parameters;
	}

	// A connection in, and for most requests one out.
	private static int each(Experiment experiment) {
		return (experiment.load() instanceof Load.WakeUps) ? 1 : 2;
	}

}
