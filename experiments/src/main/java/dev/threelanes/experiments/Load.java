package dev.threelanes.experiments;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * How requests arrive. Sealed, so that a new kind of load does not compile until every
 * reader handles it.
 */
public sealed interface Load {

	/**
	 * The load's kind in files: users who arrive by the clock, all at once, after their
	 * last answer, to be held or woken, or by the clock with different requests.
	 * @return {@code open}, {@code burst}, {@code closed}, {@code held}, {@code waiting}
	 * or {@code mixed}
	 */
	default String kind() {
		return switch (this) {
			case Rising rising -> "open";
			case Variants variants -> "open";
			case Bursts bursts -> "burst";
			case Closed closed -> "closed";
			case Held held -> "held";
			case WakeUps wakeUps -> "waiting";
			case Cold cold -> "open";
			case Beside beside -> "mixed";
		};
	}

	// Gatling cuts off what is not a whole second of a ramp, and never ends one of none.
	private static Duration wholeSeconds(Duration duration) {
		return Duration.ofSeconds(Math.ceilDiv(duration.toMillis(), 1000L));
	}

	private static void requireRising(List<Integer> users) {
		if (users.isEmpty() || users.getFirst() < 1 || !users.equals(users.stream().distinct().sorted().toList())) {
			throw new IllegalArgumentException("numbers of users must be positive and rise: " + users);
		}
	}

	/**
	 * An open load that rises in steps: users arrive at a constant rate whether or not
	 * the service keeps up. Between steps all users are waited for, so that one step's
	 * queue is never the next one's.
	 *
	 * @param multiples the offered rate of each step, as a multiple of
	 * {@linkplain Bound#rps(Parameters) the cap}, rising
	 * @param stretch how many times the profile's step length a step lasts, at least 1
	 */
	record Rising(List<Double> multiples, int stretch) implements Load {

		public Rising {
			multiples = List.copyOf(multiples);
			if (multiples.isEmpty() || !multiples.equals(multiples.stream().distinct().sorted().toList())
					|| multiples.getFirst() <= 0) {
				throw new IllegalArgumentException("multiples must be positive and rise: " + multiples);
			}
			if (stretch < 1) {
				throw new IllegalArgumentException("stretch must be at least 1, not " + stretch);
			}
		}

	}

	/**
	 * An open load that stays the same while what is asked for changes from step to step.
	 *
	 * @param variants what is asked for in each step
	 * @param multiple the offered rate, as a multiple of
	 * {@linkplain Bound#rps(Parameters) the cap}
	 */
	record Variants(List<Variant> variants, double multiple) implements Load {

		public Variants {
			variants = List.copyOf(variants);
			if (variants.isEmpty() || multiple <= 0) {
				throw new IllegalArgumentException("there must be variants and load");
			}
		}

		Variant variant(String step) {
			return this.variants.stream()
				.filter((variant) -> variant.name().equals(step))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("There is no step '%s'".formatted(step)));
		}

	}

	/**
	 * Users that arrive all at once, more in each step; before the next step all are
	 * waited for.
	 *
	 * @param users n of each step, rising; the first is 1, which tells ε
	 */
	record Bursts(List<Integer> users) implements Load {

		public Bursts {
			users = List.copyOf(users);
			requireRising(users);
			if (users.getFirst() != 1) {
				throw new IllegalArgumentException("the first burst must be of a single user: " + users);
			}
		}

	}

	/**
	 * Users of whom each asks again as soon as it is answered.
	 *
	 * @param users how many in each step, rising
	 * @param perProcessor how many for each processor in each further step, rising
	 */
	record Closed(List<Integer> users, List<Integer> perProcessor) implements Load {

		public Closed {
			users = List.copyOf(users);
			perProcessor = List.copyOf(perProcessor);
			requireRising(users);
			if (!perProcessor.isEmpty()) {
				requireRising(perProcessor);
			}
		}

		/**
		 * The same numbers of users on every machine.
		 * @param users how many in each step, rising
		 */
		public Closed(List<Integer> users) {
			this(users, List.of());
		}

		/**
		 * The numbers of users on a machine.
		 * @param parameters the parameters of the run, with the processors where the load
		 * follows from them
		 * @return how many in each step, rising
		 */
		public List<Integer> users(Parameters parameters) {
			return Stream
				.concat(this.users.stream(),
						this.perProcessor.stream().map((users) -> users * parameters.value(Parameter.PROCESSORS)))
				.distinct()
				.sorted()
				.toList();
		}

	}

	/**
	 * Users who arrive over three quarters of D and so are all in progress at once for
	 * the last: first one alone, who tells ε and how much memory there is without load,
	 * and then {@linkplain Parameter#REQUESTS n}.
	 */
	record Held() implements Load {

		/**
		 * In this many quarters of D the users arrive. Each opens two connections, and in
		 * half of D = 20 s ten thousand of them are more than two processors can follow.
		 */
		private static final int QUARTERS = 3;

		/**
		 * For how long users arrive.
		 * @param users how many
		 * @param parameters the parameters of the run
		 * @return ¾·D, rounded up to whole seconds; a second for one alone
		 */
		static Duration ramp(int users, Parameters parameters) {
			return (users > 1) ? wholeSeconds(parameters.delay().multipliedBy(QUARTERS).dividedBy(4))
					: Duration.ofSeconds(1);
		}

	}

	/**
	 * Callers who wait for an event, more in each step, and one who wakes first two of
	 * them and then everyone.
	 *
	 * @param waiters how many wait in the steps before the last, rising; in the last it
	 * is {@linkplain Parameter#REQUESTS n}, and steps that would not stay below it are
	 * left out
	 */
	record WakeUps(List<Integer> waiters) implements Load {

		/** How many callers arrive a second: few enough that two processors keep up. */
		private static final long ARRIVALS_PER_SECOND = 500;

		/**
		 * For how long callers arrive.
		 * @param users how many
		 * @return whole seconds, in each of which at most 500 arrive
		 */
		static Duration ramp(int users) {
			return wholeSeconds(Duration.ofMillis(1000L * users / ARRIVALS_PER_SECOND));
		}

		/**
		 * For how much longer than a step of constant load all of them wait: long enough
		 * for an idle lane to collect its garbage, so that it shows what they cost.
		 */
		static final Duration LONGER = Duration.ofSeconds(4);

		public WakeUps {
			waiters = List.copyOf(waiters);
			requireRising(waiters);
		}

	}

	/**
	 * An open load at a constant rate on a lane that has answered no request before. What
	 * comes first is asked of the downstream and not of the lane, so that the generator
	 * is warm and only the lane is cold.
	 *
	 * @param multiple the offered rate, as a multiple of
	 * {@linkplain Bound#rps(Parameters) the cap}, positive
	 * @param stretch how many times the profile's step length the load lasts, at least 1
	 */
	record Cold(double multiple, int stretch) implements Load {

		/** The name of the one step. */
		public static final String STEP = "cold start";

		public Cold {
			if (multiple <= 0 || stretch < 1) {
				throw new IllegalArgumentException("there must be load, and time for it");
			}
		}

	}

	/**
	 * An open load of two kinds of users beside each other: a few whose requests take
	 * something away from a service, and bystanders whose requests show who feels it.
	 *
	 * @param encounters the steps
	 * @param stretch how many times the profile's step length a step lasts, at least 1
	 */
	record Beside(List<Encounter> encounters, int stretch) implements Load {

		public Beside {
			encounters = List.copyOf(encounters);
			if (encounters.isEmpty() || stretch < 1) {
				throw new IllegalArgumentException("there must be encounters, and time for them");
			}
		}

		/**
		 * The encounter that a step belongs to.
		 * @param step the name of one of its parts
		 * @return the encounter
		 */
		public Encounter encounter(String step) {
			return this.encounters.stream()
				.filter((encounter) -> encounter.few().name().equals(step)
						|| encounter.bystanders().name().equals(step))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("There is no step '%s'".formatted(step)));
		}

		Variant variant(String step) {
			Encounter encounter = encounter(step);
			return encounter.few().name().equals(step) ? encounter.few() : encounter.bystanders();
		}

	}

	/**
	 * Two kinds of users in a step.
	 *
	 * @param few what the few ask for, under the name of their part
	 * @param bystanders what the others ask for, under the name of theirs
	 * @param arrivals how many of each arrive, and how fast
	 * @param heldUp the lanes on which bystanders must wait for the few, so that a queue
	 * is no surprise there
	 */
	record Encounter(Variant few, Variant bystanders, Function<Parameters, Arrivals> arrivals, Set<Lane> heldUp) {

		public Encounter {
			heldUp = Set.copyOf(heldUp);
		}

	}

	/**
	 * How two kinds of users take turns: first the few together, then the bystanders.
	 *
	 * @param offeredRps users of both kinds that arrive a second
	 * @param few how many of the few there are in a turn
	 * @param bystanders how many bystanders there are in a turn
	 */
	record Arrivals(double offeredRps, int few, int bystanders) {

		/**
		 * Both rates, as nearly as whole users allow: that of the few exactly.
		 * @param together how many of the few arrive one right after the other
		 * @param fewRps how many of the few arrive a second
		 * @param bystandersRps how many bystanders arrive a second, about
		 * @return the arrivals
		 */
		static Arrivals of(int together, double fewRps, double bystandersRps) {
			int bystanders = (int) Math.max(1, Math.round(bystandersRps * together / fewRps));
			return new Arrivals(fewRps * (together + bystanders) / together, together, bystanders);
		}

	}

	/**
	 * What is asked for in a step.
	 *
	 * @param name the step's name
	 * @param request the request
	 * @param fault how the downstream fails in the middle of the step; absent if it does
	 * not
	 */
	record Variant(String name, Function<Parameters, Request> request, @Nullable Function<Parameters, Fault> fault) {

		Variant(String name, Function<Parameters, Request> request) {
			this(name, request, null);
		}

		Optional<Outage> outage(Parameters parameters) {
			return Optional.ofNullable(this.fault).map((fault) -> Outage.of(fault.apply(parameters), parameters));
		}

	}

}
