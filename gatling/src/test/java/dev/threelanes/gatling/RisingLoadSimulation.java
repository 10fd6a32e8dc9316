package dev.threelanes.gatling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import dev.threelanes.experiments.Request;
import dev.threelanes.experiments.Schedule;
import dev.threelanes.experiments.Step;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;

import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

/**
 * Drives one lane with an experiment's rising load: an open model, in which users arrive
 * at a constant rate whether or not the lane keeps up. Each step has a request name of
 * its own, so that Gatling's report is a table of steps, and begins when the last answer
 * to the one before has come, so that no step inherits a queue.
 *
 * <p>
 * Run it by itself:
 *
 * <pre>
 * mvn -pl gatling -am gatling:test -DbaseUrl=http://localhost:8081
 * </pre>
 *
 * What you should see against the mvc lane: {@code 1.50 x T/D} and {@code 2.00 x T/D}
 * with percentiles of seconds. Against webflux and loom every step looks like the first.
 */
public final class RisingLoadSimulation extends Simulation {

	private final LoadOptions options = LoadOptions.ofSystemProperties();

	private final Schedule schedule = this.options.schedule();

	private final LoadRecorder recorder = new LoadRecorder(this.schedule);

	private final HttpProtocolBuilder httpProtocol = http.baseUrl(this.options.baseUrl())
		.acceptHeader("application/json")
		.userAgentHeader("three-lanes")
		// Users share kept-alive connections: what is compared is not how fast a server
		// accepts. Gatling repeats a request once, on a new connection, when a kept-alive
		// one is lost before the answer; the latency then includes both tries.
		.shareConnections()
		.disableWarmUp()
		.disableCaching()
		.disableFollowRedirect();

	{
		setUp(population(0)).protocols(this.httpProtocol);
	}

	@Override
	public void after() {
		try {
			this.recorder.write(this.options.recordFolder());
			System.out.println("Record written to " + this.options.recordFolder().toAbsolutePath());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The record cannot be written to " + this.options.recordFolder(), ex);
		}
	}

	private PopulationBuilder population(int index) {
		Step step = this.schedule.all().get(index);
		PopulationBuilder population = scn(step).injectOpen(nothingFor(Schedule.PAUSE), arrivals(step));
		return (index + 1 < this.schedule.all().size()) ? population.andThen(population(index + 1)) : population;
	}

	private static OpenInjectionStep arrivals(Step step) {
		return (step.fromRps() == step.offeredRps()) ? constantUsersPerSec(step.offeredRps()).during(step.duration())
				: rampUsersPerSec(step.fromRps()).to(step.offeredRps()).during(step.duration());
	}

	private ScenarioBuilder scn(Step step) {
		return scenario(step.name()).exec(recorded(step));
	}

	private ChainBuilder recorded(Step step) {
		StepRecorder recorder = this.recorder.step(step);
		Request request = this.options.request(step);
		return exec((session) -> session.set("request", recorder.start())).exec(
				http(step.name()).get(request.target()).requestTimeout(this.options.timeLimit()).check(checks(request)))
			.exec((session) -> record(recorder, session));
	}

	private static List<CheckBuilder> checks(Request request) {
		List<CheckBuilder> checks = new ArrayList<>(
				List.of(status().saveAs("status"), status().is(Outcome.EXPECTED_STATUS)));
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
		return session;
	}

}
