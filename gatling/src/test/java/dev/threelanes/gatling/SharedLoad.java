package dev.threelanes.gatling;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Share;
import dev.threelanes.experiments.Step;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import org.jspecify.annotations.Nullable;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

/**
 * The users of a load that several injectors share. Gatling starts them up to a second
 * ahead, in as many a second as are due in it, and each then waits for its own moment, so
 * that the ticks of Gatling's clock, which are others in each process, do not matter.
 */
final class SharedLoad {

	private static final String NUMBER = "number";

	private static final String DUE = "due";

	private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

	private static final Duration ONE_SECOND = Duration.ofSeconds(1);

	private final Share share;

	private final StepBarrier barrier;

	private SharedLoad(Share share, StepBarrier barrier) {
		this.share = share;
		this.barrier = barrier;
	}

	/**
	 * Meets the other injectors.
	 * @param options which injector this is
	 * @param schedule the load
	 * @return the load's share, or {@code null} if there are no others
	 */
	static @Nullable SharedLoad of(LoadOptions options, Schedule schedule) {
		LoadOptions.Meeting meeting = options.meeting();
		if (meeting == null) {
			return null;
		}
		try {
			return new SharedLoad(options.share(), StepBarrier.join(options.share(), meeting.barrier(),
					schedule.together().size(), meeting.startAt().toEpochMilli(), SharedLoad::giveUp));
		}
		catch (IOException ex) {
			giveUp("injector 0 cannot listen at %s: %s".formatted(meeting.barrier(), ex.getMessage()));
			throw new IllegalStateException(ex);
		}
	}

	private static void giveUp(String why) {
		System.err.println("Simulation stopped: " + why);
		System.exit(1);
	}

	/**
	 * The number of a user among those of all injectors.
	 * @param session the user's
	 * @return the number, from 0
	 */
	static long number(Session session) {
		return session.getLong(NUMBER);
	}

	/**
	 * Whoever waits until all injectors have had all answers to the step before.
	 * @param index the number of the step
	 * @param recorders where its requests are recorded
	 * @return a single user, without a request
	 */
	PopulationBuilder gate(int index, List<StepRecorder> recorders) {
		return scenario("%d: all injectors are ready".formatted(index)).exec((session) -> {
			this.barrier.ready();
			return session;
		}).exec(asLongAs((session) -> !this.barrier.open(index)).on(pause(LOOK_AGAIN))).exec((session) -> {
			recorders.forEach((recorder) -> recorder.begins(this.barrier.begin(index)));
			return session;
		}).injectOpen(atOnceUsers(1));
	}

	/**
	 * The users of a step whom this injector has.
	 * @param index the number of the step
	 * @param step the step; of a mix, any of its parts
	 * @param doing what each of them does
	 * @return the users
	 */
	PopulationBuilder users(int index, Step step, ChainBuilder doing) {
		double[] due = this.share.arrivals(step);
		AtomicInteger arrived = new AtomicInteger();
		return scenario(step.name()).exec((session) -> {
			int own = arrived.getAndIncrement();
			return session.set(NUMBER, this.share.number(own)).set(DUE, due[own]);
		})
			.exec(pause((session) -> this.barrier.begin(index).until(session.getDouble(DUE))))
			.exec(doing)
			.injectOpen(bySecond(due));
	}

	/**
	 * One user who comes in the middle of a step, and on one injector only.
	 * @param index the number of the step
	 * @param name the user's name
	 * @param due how long after the step's beginning the user comes
	 * @param doing what the user does
	 * @return the user, on the first injector
	 */
	Optional<PopulationBuilder> once(int index, String name, Duration due, ChainBuilder doing) {
		return (this.share.injector() > 0) ? Optional.empty()
				: Optional
					.of(scenario(name).exec(pause((session) -> this.barrier.begin(index).until(due.toNanos() / 1e9)))
						.exec(doing)
						.injectOpen(atOnceUsers(1)));
	}

	// As many in each second as are due in it: Gatling spreads them over that second, and
	// none comes too late, since a step begins more than a second after its users.
	static List<OpenInjectionStep> bySecond(double[] due) {
		int[] users = new int[(int) due[due.length - 1] + 1];
		for (double seconds : due) {
			users[(int) seconds]++;
		}
		List<OpenInjectionStep> arrivals = new ArrayList<>();
		for (int count : users) {
			arrivals.add(rampUsers(count).during(ONE_SECOND));
		}
		return arrivals;
	}

}
