package dev.threelanes.experiments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One question with everything that is needed to answer it.
 *
 * @param theme the part of the debate that it belongs to
 * @param id its name on the command line, in files and in addresses
 * @param question what is asked, in one sentence
 * @param source who asked it
 * @param contenders what is set side by side, each lane in most experiments
 * @param bound how many requests may be in progress at once, and on which lanes
 * @param request what each user asks the lane for, unless the load says otherwise
 * @param load how users arrive
 * @param compiled whether what is asked is about compiled code, so that even a quick run
 * takes the time to have all of it compiled
 * @param timeLimit how long an answer may take and still count as goodput
 * @param parameters the parameters by profile, before a reader changes them
 * @param predictions what theory says
 */
public record Experiment(Theme theme, String id, String question, String source, List<Contender> contenders,
		Bound bound, Function<Parameters, Request> request, Load load, boolean compiled,
		Function<Parameters, Duration> timeLimit, Map<Profile, Parameters> parameters, List<Prediction> predictions) {

	private static final double WARM_UP_RPS_PER_PLACE = 200;

	private static final double UNQUEUED = 0.9;

	private static final double MOST_SETTLING_RPS = 5;

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
	 * The experiment as one of its contenders meets it, perhaps with a bound of its own.
	 * @param contender the contender's name; that of a reader's own target changes
	 * nothing
	 * @return the experiment
	 */
	public Experiment seenBy(String contender) {
		Bound own = contender(contender).map(Contender::bound).orElse(null);
		return (own != null) ? new Experiment(this.theme, this.id, this.question, this.source, this.contenders, own,
				this.request, this.load, this.compiled, this.timeLimit, this.parameters, this.predictions) : this;
	}

	/**
	 * What the users of a step ask for, in turn.
	 * <p>
	 * The first part of the warm-up asks with the shortest delay, so that it can ask
	 * often enough to compile the lane's code while hardly any thread waits; no part of
	 * it computes for long, since who computes keeps all others from being warmed up.
	 * @param step the step
	 * @param parameters the parameters of the run
	 * @return the requests; one, except while everything is warmed up
	 */
	public List<Request> requests(Step step, Parameters parameters) {
		return switch (step.name()) {
			case Step.WARM_UP -> all(parameters.withoutLongComputing().with("delayMs", "1"));
			case Step.SETTLE -> all(parameters.withoutLongComputing());
			default -> List.of(request(step.name(), parameters));
		};
	}

	/**
	 * What each user of a measured step asks for.
	 * @param step the step's name
	 * @param parameters the parameters of the run
	 * @return the request
	 */
	public Request request(String step, Parameters parameters) {
		return switch (this.load) {
			case Load.Rising rising -> this.request.apply(parameters);
			case Load.Variants variants -> variants.variant(step).request().apply(parameters);
			case Load.Bursts bursts -> this.request.apply(parameters);
			case Load.Closed closed -> this.request.apply(parameters);
			case Load.Held held -> this.request.apply(parameters);
			case Load.WakeUps wakeUps -> Request.nextEvent(Math.toIntExact(Step.Waiting.PATIENCE.toMillis()));
			case Load.Cold cold -> this.request.apply(parameters);
			case Load.Beside beside -> beside.variant(step).request().apply(parameters);
		};
	}

	/**
	 * How long an answer takes at least.
	 * @param step a measured step's name
	 * @param parameters the parameters of the run
	 * @return depth × D
	 */
	public Duration serviceTime(String step, Parameters parameters) {
		return parameters.delay().multipliedBy(request(step, parameters).depth());
	}

	/**
	 * How long an answer may take and still count as goodput.
	 * @param parameters the parameters of the run
	 * @return the time after which a user gives up
	 */
	public Duration timeLimit(Parameters parameters) {
		return this.timeLimit.apply(parameters);
	}

	/**
	 * When the downstream is told to fail.
	 * @param step a step's name
	 * @param parameters the parameters of the run
	 * @return the outage in the middle of the step, or nothing if there is none
	 */
	public Optional<Outage> outage(String step, Parameters parameters) {
		return switch (this.load) {
			case Load.Variants variants -> variants.variants()
				.stream()
				.filter((variant) -> variant.name().equals(step))
				.findFirst()
				.flatMap((variant) -> variant.outage(parameters));
			case Load.Rising rising -> Optional.empty();
			case Load.Bursts bursts -> Optional.empty();
			case Load.Closed closed -> Optional.empty();
			case Load.Held held -> Optional.empty();
			case Load.Beside beside -> Optional.empty();
			case Load.WakeUps wakeUps -> Optional.empty();
			case Load.Cold cold -> Optional.empty();
		};
	}

	/**
	 * Whether the downstream is told to fail in any step.
	 * @return {@code true} if it must be able to
	 */
	public boolean failsDownstream() {
		return this.load instanceof Load.Variants variants
				&& variants.variants().stream().anyMatch((variant) -> variant.fault() != null);
	}

	/**
	 * Whether lanes are measured from their first request on, instead of warm.
	 * @return {@code true} if warming up is what the experiment is about
	 */
	public boolean cold() {
		return this.load instanceof Load.Cold;
	}

	/**
	 * Whether lanes ask a database to answer.
	 * @return {@code true} if one must be there
	 */
	public boolean asksDatabase() {
		return this.bound.places() == Parameter.DB_CONNECTIONS;
	}

	private List<Request> all(Parameters parameters) {
		return switch (this.load) {
			case Load.Variants variants ->
				variants.variants().stream().map((variant) -> variant.request().apply(parameters)).toList();
			case Load.Rising rising -> List.of(this.request.apply(parameters));
			case Load.Bursts bursts -> List.of(this.request.apply(parameters));
			case Load.Closed closed -> List.of(this.request.apply(parameters));
			case Load.Held held -> List.of(this.request.apply(parameters));
			case Load.WakeUps wakeUps -> List.of(this.request.apply(parameters));
			// The lane stays cold: these are the generator's own.
			case Load.Cold cold -> List.of(Request.downstream(parameters.delayMs()));
			case Load.Beside beside -> beside.encounters()
				.stream()
				.flatMap((encounter) -> Stream.of(encounter.few(), encounter.bystanders()))
				.map((variant) -> variant.request().apply(parameters))
				.distinct()
				.toList();
		};
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
		List<Step> steps = switch (this.load) {
			case Load.Rising rising -> steps(rising, profile, parameters);
			case Load.Variants variants -> steps(variants, profile, parameters);
			case Load.Cold cold -> List.of(new Step.Open(Load.Cold.STEP, cold.multiple() * this.bound.rps(parameters),
					profile.step().multipliedBy(cold.stretch())));
			case Load.Bursts bursts -> bursts.users()
				.stream()
				.<Step>map((users) -> new Step.Burst("%d at once".formatted(users), users))
				.toList();
			case Load.Closed closed -> closed.users(parameters)
				.stream()
				.<Step>map((users) -> new Step.Closed("%d users".formatted(users), users, profile.step()))
				.toList();
			case Load.Held held -> steps(held, parameters);
			case Load.WakeUps wakeUps -> steps(wakeUps, profile, parameters);
			case Load.Beside beside -> beside.encounters()
				.stream()
				.flatMap((encounter) -> parts(encounter, profile.step().multipliedBy(beside.stretch()), parameters))
				.toList();
		};
		return new Schedule(warmUp(warmUp(full(profile, parameters) ? Profile.QUICK : profile), parameters), steps);
	}

	// The smoke profile warms up for a tenth of the load, and a cold lane cannot carry
	// all of it, which lanes that stand with a limit of their own are asked for.
	private boolean full(Profile profile, Parameters parameters) {
		double rps = this.bound.rps(parameters);
		return profile == Profile.SMOKE && rps > this.bound.rps(parameters(Profile.SMOKE, Map.of()))
				&& 2 * rps >= this.bound.rps(parameters(Profile.QUICK, Map.of()));
	}

	/**
	 * Which profile's warm-up a fresh lane gets. Where all that is predicted follows from
	 * D and a number of places, the milliseconds that compiled code saves are nothing,
	 * and the minutes of the quick profile are better spent elsewhere. Where compiled
	 * code is what is asked about, they are better spent here.
	 * @param profile how much time to spend
	 * @return the profile whose warm-up it is
	 */
	public Profile warmUp(Profile profile) {
		if (profile != Profile.QUICK) {
			return profile;
		}
		return this.compiled ? Profile.FULL : decidedByPlaces() ? Profile.SMOKE : profile;
	}

	// A burst is answered in waves, and who is bounded has a cap; to show that lanes are
	// equal takes warm ones.
	private boolean decidedByPlaces() {
		boolean bounded = this.contenders.stream().allMatch((contender) -> this.bound.holds(contender.lane()));
		return (this.load instanceof Load.Bursts || bounded)
				&& this.predictions.stream().noneMatch(Prediction.Equivalence.class::isInstance);
	}

	/**
	 * A single step at a rate of the caller's choice, as a search for capacity needs it.
	 * The lane is warm after the first, but each has a generator of its own that is not.
	 * @param rps the offered rate, requests a second
	 * @param step for how long it is offered
	 * @param parameters the parameters of the run
	 * @return the schedule
	 */
	public Schedule probe(double rps, Duration step, Parameters parameters) {
		return new Schedule(warmUp(Profile.QUICK, parameters), List.of(new Step.Open("probe", rps, step)));
	}

	/**
	 * Warm-up in two parts: short calls at a rising rate, since a cold JVM cannot carry
	 * what a warm one can, and then the experiment's own delay without a queue, which
	 * grows pools to their size and compiles the code of waiting.
	 */
	private List<Step.Open> warmUp(Profile profile, Parameters parameters) {
		List<Request> requests = all(parameters.withoutLongComputing());
		double weight = requests.stream().mapToInt(Request::weight).average().orElse(1);
		int depth = requests.stream().mapToInt(Request::depth).max().orElse(1);
		double most = profile.warmUpRps() / weight;
		// A pool of very few threads would queue what a larger one takes at once.
		double rate = Math.min(most, WARM_UP_RPS_PER_PLACE * this.bound.count(parameters) / depth);
		double own = Math.min(most, UNQUEUED * this.bound.rps(parameters) / depth);
		if (this.load instanceof Load.Held) {
			// What is warmed up holds connections too, and those are what is counted.
			own = Math.min(own, MOST_SETTLING_RPS);
		}
		return List.of(new Step.Open(Step.WARM_UP, rate / 10, rate, profile.warmUp()),
				new Step.Open(Step.SETTLE, own, profile.settle()));
	}

	private List<Step> steps(Load.Rising rising, Profile profile, Parameters parameters) {
		double cap = this.bound.rps(parameters);
		List<Step> steps = new ArrayList<>();
		for (double multiple : rising.multiples()) {
			String name = String.format(Locale.ROOT, "%.2f x %s", multiple, this.bound.symbol());
			steps.add(new Step.Open(name, multiple * cap, profile.step().multipliedBy(rising.stretch())));
		}
		return steps;
	}

	private static List<Step> steps(Load.Held held, Parameters parameters) {
		return IntStream.of(1, parameters.value(Parameter.REQUESTS))
			.distinct()
			.<Step>mapToObj(
					(users) -> new Step.Held("%d held".formatted(users), users, Load.Held.ramp(users, parameters)))
			.toList();
	}

	private static List<Step> steps(Load.WakeUps wakeUps, Profile profile, Parameters parameters) {
		int most = parameters.value(Parameter.REQUESTS);
		return IntStream
			.concat(wakeUps.waiters().stream().mapToInt(Integer::intValue).filter((users) -> users < most),
					IntStream.of(most))
			.<Step>mapToObj((users) -> new Step.Waiting("%d waiting".formatted(users), users, Load.WakeUps.ramp(users),
					profile.step().plus(Load.WakeUps.LONGER)))
			.toList();
	}

	private List<Step> steps(Load.Variants variants, Profile profile, Parameters parameters) {
		double rate = variants.multiple() * this.bound.rps(parameters);
		return variants.variants()
			.stream()
			.<Step>map((variant) -> new Step.Open(variant.name(), rate,
					variant.outage(parameters).map(Outage::step).orElse(profile.step())))
			.toList();
	}

	private static Stream<Step> parts(Load.Encounter encounter, Duration duration, Parameters parameters) {
		Load.Arrivals arrivals = encounter.arrivals().apply(parameters);
		Mix mix = new Mix(encounter.few().name(), arrivals.offeredRps(), duration,
				arrivals.few() + arrivals.bystanders());
		return Stream.of(new Step.Part(encounter.few().name(), mix, 0, arrivals.few()),
				new Step.Part(encounter.bystanders().name(), mix, arrivals.few(), arrivals.bystanders()));
	}

}
