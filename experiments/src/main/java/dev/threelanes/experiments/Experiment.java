package dev.threelanes.experiments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One question with everything that is needed to answer it.
 *
 * @param id its name on the command line, in files and in addresses
 * @param question what is asked, in one sentence
 * @param source who asked it
 * @param contenders what is set side by side, each lane in most experiments
 * @param request what each user asks the lane for
 * @param load how users arrive
 * @param timeLimit how long an answer may take and still count as goodput
 * @param parameters the parameters by profile, before a reader changes them
 * @param predictions what theory says
 */
public record Experiment(String id, String question, String source, List<Contender> contenders,
		Function<Parameters, Request> request, Load load, Duration timeLimit, Map<Profile, Parameters> parameters,
		List<Prediction> predictions) {

	private static final double WARM_UP_RPS_PER_THREAD = 200;

	private static final double UNQUEUED = 0.9;

	public Experiment {
		contenders = List.copyOf(contenders);
		parameters = Map.copyOf(parameters);
		predictions = List.copyOf(predictions);
	}

	/**
	 * Finds a contender by its name.
	 * @param id the name
	 * @return the contender, or nothing for a reader's own target
	 */
	public Optional<Contender> contender(String id) {
		return this.contenders.stream().filter((contender) -> contender.id().equals(id)).findFirst();
	}

	/**
	 * What warms a lane up: the same request with the shortest delay, so that it can be
	 * asked for often enough to compile the lane's code while hardly any thread waits.
	 * @param parameters the parameters of the run
	 * @return the request
	 */
	public Request warmUpRequest(Parameters parameters) {
		return this.request.apply(parameters.with("delayMs", "1"));
	}

	/**
	 * The parameters of a profile, with a reader's changes.
	 * @param profile the profile
	 * @param changes new values by name
	 * @return the parameters
	 * @throws IllegalArgumentException if a name is unknown or a value out of bounds
	 */
	public Parameters parameters(Profile profile, Map<String, String> changes) {
		Parameters declared = this.parameters.get(profile);
		if (declared == null) {
			throw new IllegalStateException("%s declares no parameters for %s".formatted(this.id, profile.id()));
		}
		return declared.with(changes);
	}

	/**
	 * The load in real rates and durations.
	 * @param profile how long steps last
	 * @param parameters what the rates follow from
	 * @return the schedule
	 */
	public Schedule schedule(Profile profile, Parameters parameters) {
		return switch (this.load) {
			case Load.Rising rising -> risingSchedule(rising, profile, parameters);
		};
	}

	/**
	 * A single step at a rate of the caller's choice, as a search for capacity needs it.
	 * @param rps the offered rate, requests a second
	 * @param step for how long it is offered
	 * @param fresh whether the lane is, and must be warmed up from the beginning
	 * @param parameters the parameters of the run
	 * @return the schedule
	 */
	public Schedule probe(double rps, Duration step, boolean fresh, Parameters parameters) {
		return new Schedule(warmUp(fresh ? Profile.QUICK : Profile.SMOKE, parameters),
				List.of(new Step("probe", rps, step)));
	}

	/**
	 * Warm-up in two parts: short calls at a rising rate, since a cold JVM cannot carry
	 * what a warm one can, and then the experiment's own delay without a queue, which
	 * grows pools to their size and compiles the code of waiting.
	 */
	private static List<Step> warmUp(Profile profile, Parameters parameters) {
		// A pool of very few threads would queue what a larger one takes at once.
		double rate = Math.min(profile.warmUpRps(), WARM_UP_RPS_PER_THREAD * parameters.threads());
		double own = Math.min(profile.warmUpRps(), UNQUEUED * parameters.threadPoolCapRps());
		return List.of(new Step(Step.WARM_UP, rate / 10, rate, profile.warmUp()),
				new Step(Step.SETTLE, own, profile.settle()));
	}

	private static Schedule risingSchedule(Load.Rising rising, Profile profile, Parameters parameters) {
		double cap = parameters.threadPoolCapRps();
		List<Step> steps = new ArrayList<>();
		for (double multiple : rising.multiples()) {
			String name = String.format(Locale.ROOT, "%.2f x T/D", multiple);
			steps.add(new Step(name, multiple * cap, profile.step().multipliedBy(rising.stretch())));
		}
		return new Schedule(warmUp(profile, parameters), steps);
	}

}
