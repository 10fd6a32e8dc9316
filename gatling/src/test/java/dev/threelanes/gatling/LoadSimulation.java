package dev.threelanes.gatling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import dev.threelanes.experiments.Outage;
import dev.threelanes.experiments.Request;
import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Step;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Choice;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import org.jspecify.annotations.Nullable;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.roundRobinSwitch;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

/**
 * What all simulations share: they drive one lane with an experiment's schedule, the
 * warm-up first. Each step has a request name of its own, so that Gatling's report is a
 * table of steps, and begins when the last answer to the one before has come, so that no
 * step inherits a queue.
 */
abstract class LoadSimulation extends Simulation {

	private static final int FAULT_IS_ON = 204;

	/**
	 * From this rate on the gap between two users is below the start lag that is allowed.
	 */
	private static final double DENSE_RPS = 100;

	private final LoadOptions options = LoadOptions.ofSystemProperties();

	private final Schedule schedule = this.options.schedule();

	private final LoadRecorder recorder = new LoadRecorder(this.schedule, this.options.share());

	private final @Nullable SharedLoad shared = SharedLoad.of(this.options, this.schedule);

	private final HttpProtocolBuilder httpProtocol = http.baseUrls(this.options.baseUrls())
		.acceptHeader("application/json")
		.userAgentHeader("three-lanes")
		// Users share kept-alive connections: what is compared is not how fast a server
		// accepts. Gatling repeats a request once, on a new connection, when a kept-alive
		// one is lost before the answer; the latency then includes both tries.
		.shareConnections()
		.disableWarmUp()
		.disableCaching()
		.disableFollowRedirect();

	LoadSimulation() {
		setUp(populations(0)).protocols(this.httpProtocol);
		String live = System.getProperty("record.live");
		if (live != null) {
			this.recorder.tellIn(Path.of(live));
		}
	}

	/**
	 * The users of a measured step.
	 * @param step the step; of a mix, the first of its parts
	 * @param asking what each of them does once
	 * @return the users, who wait for {@link Schedule#PAUSE} before the first of them
	 * arrives
	 * @throws IllegalArgumentException if the step is not of the simulation's kind
	 */
	abstract PopulationBuilder users(Step step, ChainBuilder asking);

	/**
	 * What a user does in a measured step.
	 * @param step the step
	 * @param asking what is asked for once
	 * @return all that the user does
	 */
	ChainBuilder doing(Step step, ChainBuilder asking) {
		return asking;
	}

	static PopulationBuilder arriving(Step.Open step, ChainBuilder asking) {
		List<OpenInjectionStep> arrivals = (step.fromRps() == step.offeredRps())
				? evenly(step.offeredRps(), step.duration(), step.users())
				: List.of(rampUsersPerSec(step.fromRps()).to(step.offeredRps()).during(step.duration()));
		return scenario(step.name()).exec(asking).injectOpen(afterPause(arrivals));
	}

	static List<OpenInjectionStep> afterPause(List<OpenInjectionStep> arrivals) {
		return Stream.concat(Stream.of(nothingFor(Schedule.PAUSE)), arrivals.stream()).toList();
	}

	/**
	 * Users who arrive at a constant rate, each when the schedule says. Gatling starts
	 * whole users in each second, so that of few and no whole number some would come up
	 * to a gap too late: those are told one by one.
	 * @param rps users a second
	 * @param duration for how long
	 * @param users how many that makes
	 * @return their arrivals
	 */
	static List<OpenInjectionStep> evenly(double rps, Duration duration, long users) {
		if (rps >= DENSE_RPS || rps == Math.rint(rps)) {
			return List.of(constantUsersPerSec(rps).during(duration));
		}
		List<OpenInjectionStep> arrivals = new ArrayList<>(List.of(atOnceUsers(1)));
		for (long user = 1; user < users; user++) {
			long gap = Math.round(1e9 * user / rps) - Math.round(1e9 * (user - 1) / rps);
			arrivals.add(nothingFor(Duration.ofNanos(gap)));
			arrivals.add(atOnceUsers(1));
		}
		return arrivals;
	}

	/**
	 * Where a step's requests are recorded.
	 * @param step the step
	 * @return its recorder
	 */
	final StepRecorder recorder(Step step) {
		return this.recorder.step(step);
	}

	@Override
	public final void after() {
		try {
			this.recorder.write(this.options.recordFolder());
			System.out.println("Record written to " + this.options.recordFolder().toAbsolutePath());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The record cannot be written to " + this.options.recordFolder(), ex);
		}
	}

	// Those of a step or of a mix, and with them whoever makes the downstream fail in the
	// middle of it. Injectors that share a load wait for each other first.
	private List<PopulationBuilder> populations(int index) {
		List<List<Step>> steps = this.schedule.together();
		List<Step> together = steps.get(index);
		Step step = together.getFirst();
		PopulationBuilder population = (this.shared != null)
				? this.shared.users(index, step, doing(step, asking(together, SharedLoad::number)))
				: alone(step, asking(together, inTurn()));
		PopulationBuilder users = (index + 1 < steps.size()) ? population.andThen(populations(index + 1)) : population;
		List<PopulationBuilder> all = Stream
			.concat(Stream.of(users), this.options.outage(step).flatMap((outage) -> failure(index, outage)).stream())
			.toList();
		return (this.shared != null)
				? List.of(this.shared.gate(index, together.stream().map(this::recorder).toList()).andThen(all)) : all;
	}

	private PopulationBuilder alone(Step step, ChainBuilder asking) {
		return (step instanceof Step.Open warmUp && this.schedule.warmUp().contains(warmUp)) ? arriving(warmUp, asking)
				: users(step, asking);
	}

	private ChainBuilder asking(List<Step> together, ToLongFunction<Session> number) {
		return (together.size() == 1) ? recorded(together.getFirst()) : takingTurns(together, number);
	}

	private static ToLongFunction<Session> inTurn() {
		AtomicLong arrived = new AtomicLong();
		return (session) -> arrived.getAndIncrement();
	}

	private Optional<PopulationBuilder> failure(int index, Outage outage) {
		String name = this.schedule.together().get(index).getFirst().name() + ": the downstream fails";
		ChainBuilder failing = exec(
				http(name).post(this.options.downstream() + outage.target()).check(status().is(FAULT_IS_ON)));
		return (this.shared != null) ? this.shared.once(index, name, outage.begin(), failing)
				: Optional.of(scenario(name).exec(failing)
					.injectOpen(nothingFor(Schedule.PAUSE.plus(outage.begin())), atOnceUsers(1)));
	}

	// Who arrives does what is done at his place in the turn.
	private ChainBuilder takingTurns(List<Step> parts, ToLongFunction<Session> number) {
		List<Choice.WithKey> choices = parts.stream().map((part) -> onCase(part.name()).then(recorded(part))).toList();
		return exec((session) -> session.set("part", part(parts, number.applyAsLong(session))))
			.exec(doSwitch("#{part}").on(choices));
	}

	private static String part(List<Step> parts, long user) {
		return parts.stream()
			.filter((step) -> step instanceof Step.Part part && part.has(user))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("Nobody has user %d of a turn".formatted(user)))
			.name();
	}

	private ChainBuilder recorded(Step step) {
		StepRecorder recorder = this.recorder.step(step);
		return exec((session) -> session.set("request", recorder.start())).exec(asked(step))
			.exec((session) -> record(recorder, session));
	}

	private ChainBuilder asked(Step step) {
		List<ChainBuilder> requests = this.options.requests(step)
			.stream()
			.map((request) -> exec(http(step.name()).get(request.target())
				.requestTimeout(this.options.timeLimit(step))
				.check(checks(request))))
			.toList();
		return (requests.size() == 1) ? requests.getFirst() : roundRobinSwitch().on(requests);
	}

	private static List<CheckBuilder> checks(Request request) {
		List<CheckBuilder> checks = new ArrayList<>(List.of(status().saveAs("status"), status().is(request.status())));
		if (request.expectedBody() != null) {
			checks.add(bodyString().is(request.expectedBody()));
		}
		return checks;
	}

	private static Session record(StepRecorder recorder, Session session) {
		int request = session.getInt("request");
		if (session.isFailed()) {
			recorder.failed(request, session.contains("status") ? session.getInt("status") : 0);
		}
		else {
			recorder.correct(request);
		}
		// Who comes back starts anew.
		return session.markAsSucceeded().remove("status");
	}

}
