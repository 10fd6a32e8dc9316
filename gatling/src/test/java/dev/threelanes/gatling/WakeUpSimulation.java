package dev.threelanes.gatling;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.threelanes.experiments.Request;
import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Step;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

/**
 * Lets callers wait for an event at one lane. When all of them wait, one more caller
 * wakes exactly two, then everyone, and at last everyone once more, which finds out who
 * came too late.
 *
 * <p>
 * Run it by itself:
 *
 * <pre>
 * mvn -pl gatling -am gatling:test -Dgatling.simulationClass=dev.threelanes.gatling.WakeUpSimulation \
 *     -Dexperiment=wake-up -Drequests=2000 -DbaseUrl=http://localhost:8082
 * </pre>
 *
 * What you should see: every caller answered at one of two moments, and in the record's
 * {@code wake-ups.csv} 2, all others, and 0.
 */
public final class WakeUpSimulation extends LoadSimulation {

	private static final String EVENT = "event";

	private static final String WOKEN = "woken";

	private static final Duration MARGIN = Duration.ofSeconds(10);

	@Override
	PopulationBuilder users(Step step, ChainBuilder asking) {
		if (step instanceof Step.Waiting waiting) {
			AtomicInteger arrived = new AtomicInteger();
			// The last to arrive is the one who wakes.
			return scenario(step.name())
				.exec(doIfOrElse((session) -> arrived.incrementAndGet() <= waiting.users()).then(waiter(waiting))
					.orElse(waker(waiting)))
				.injectOpen(nothingFor(Schedule.PAUSE), rampUsers(waiting.users()).during(waiting.ramp()),
						nothingFor(waiting.parked()), atOnceUsers(1));
		}
		throw new IllegalArgumentException("Not a step of waiting: " + step);
	}

	private ChainBuilder waiter(Step.Waiting step) {
		StepRecorder recorder = recorder(step);
		Request request = Request.nextEvent(Math.toIntExact(Step.Waiting.PATIENCE.toMillis()));
		return exec((session) -> session.set("request", recorder.start()))
			.exec(http(step.name()).get(request.target())
				.requestTimeout(Step.Waiting.PATIENCE.plus(MARGIN))
				.check(status().saveAs("status"), status().is(request.status()),
						jsonPath("$." + EVENT).ofInt().saveAs(EVENT)))
			.exec((session) -> record(recorder, session));
	}

	private ChainBuilder waker(Step.Waiting step) {
		return wake(step, Integer.toString(Step.Waiting.FIRST_WOKEN)).pause(Step.Waiting.BETWEEN)
			.exec(wake(step, "all"))
			.pause(Step.Waiting.BETWEEN)
			.exec(wake(step, "all"));
	}

	private ChainBuilder wake(Step.Waiting step, String whom) {
		StepRecorder recorder = recorder(step);
		return exec((session) -> session.removeAll(EVENT, WOKEN).set("sent", System.nanoTime()))
			.exec(http(step.name() + ", wake " + whom).post("/api/events?wake=" + whom)
				.requestTimeout(MARGIN)
				.check(status().is(Outcome.EXPECTED_STATUS), jsonPath("$." + EVENT).ofInt().saveAs(EVENT),
						jsonPath("$." + WOKEN).ofInt().saveAs(WOKEN)))
			.exec((session) -> {
				recorder.wakeUp(new WakeUpRecord.Sent(whom, session.getLong("sent"), number(session, EVENT),
						number(session, WOKEN)));
				return session.markAsSucceeded();
			});
	}

	private static int number(Session session, String name) {
		return session.contains(name) ? session.getInt(name) : WakeUpRecord.UNKNOWN;
	}

	private static Session record(StepRecorder recorder, Session session) {
		int request = session.getInt("request");
		if (session.isFailed()) {
			recorder.failed(request, session.contains("status") ? session.getInt("status") : 0);
		}
		else {
			recorder.woken(request, session.getInt(EVENT));
		}
		return session.markAsSucceeded();
	}

}
