package dev.threelanes.experiments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Declares an experiment by names instead of places. What is not said is as in most
 * experiments: each lane once, bounded by its request threads, with a minute for an
 * answer.
 */
final class Declaration {

	private final Theme theme;

	private final String id;

	private final String question;

	private final String source;

	private List<Contender> contenders = Contender.LANES;

	private Bound bound = Bound.THREADS;

	private Function<Parameters, Request> request = (parameters) -> Request.call(parameters.delayMs());

	private Load load = new Load.Rising(List.of(0.5), 1);

	private boolean compiled;

	private Function<Parameters, Duration> timeLimit = (parameters) -> Duration.ofSeconds(60);

	private final Map<Profile, Parameters> parameters = new EnumMap<>(Profile.class);

	private final List<Prediction> predictions = new ArrayList<>();

	private Declaration(Theme theme, String id, String question, String source) {
		this.theme = theme;
		this.id = id;
		this.question = question;
		this.source = source;
	}

	static Declaration of(Theme theme, String id, String question, String source) {
		return new Declaration(theme, id, question, source);
	}

	Declaration contenders(Contender... contenders) {
		this.contenders = List.of(contenders);
		return this;
	}

	Declaration boundBy(Bound bound) {
		this.bound = bound;
		return this;
	}

	Declaration asking(Function<Parameters, Request> request) {
		this.request = request;
		return this;
	}

	Declaration under(Load load) {
		this.load = load;
		return this;
	}

	// In a quick run too, all code is compiled before anything is measured.
	Declaration ofCompiledCode() {
		this.compiled = true;
		return this;
	}

	// How long an answer may take.
	Declaration within(Function<Parameters, Duration> timeLimit) {
		this.timeLimit = timeLimit;
		return this;
	}

	// In every profile, unless another is given for one.
	Declaration with(Parameters parameters) {
		for (Profile profile : Profile.values()) {
			this.parameters.putIfAbsent(profile, parameters);
		}
		return this;
	}

	Declaration with(Profile profile, Parameters parameters) {
		this.parameters.put(profile, parameters);
		return this;
	}

	Declaration predicting(Prediction prediction) {
		this.predictions.add(prediction);
		return this;
	}

	Experiment declare() {
		return new Experiment(this.theme, this.id, this.question, this.source, this.contenders, this.bound,
				this.request, this.load, this.compiled, this.timeLimit, this.parameters, this.predictions);
	}

}
