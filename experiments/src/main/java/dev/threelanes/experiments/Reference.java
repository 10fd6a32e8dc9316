package dev.threelanes.experiments;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A service beside the lanes that makes the same call without a framework: what a lane
 * costs beyond it is the framework's price.
 */
public enum Reference {

	/** Reactor Netty's server in front of its client. */
	NETTY("bare-netty", "Bare Reactor Netty"),

	/** A servlet of Tomcat in front of Apache's client, on virtual threads. */
	TOMCAT("bare-tomcat", "Bare Tomcat, virtual threads");

	private final String id;

	private final String title;

	Reference(String id, String title) {
		this.id = id;
		this.title = title;
	}

	/**
	 * The name of this reference in files and addresses.
	 * @return the identifier
	 */
	public String id() {
		return this.id;
	}

	/**
	 * The name of this reference for people.
	 * @return the title
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Finds a reference by its {@linkplain #id() identifier}.
	 * @param id the identifier
	 * @return the reference, or nothing if there is none of that name
	 */
	public static Optional<Reference> of(String id) {
		return Arrays.stream(values()).filter((reference) -> reference.id.equals(id)).findFirst();
	}

	/**
	 * Whether references can be measured beside the lanes of an experiment: they answer
	 * nothing but one call of the slow service.
	 * @param experiment the experiment
	 * @return {@code true} if nothing else is asked for, and the downstream is well
	 */
	public static boolean beside(Experiment experiment) {
		return !experiment.failsDownstream() && Arrays.stream(Profile.values()).allMatch((profile) -> {
			Parameters parameters = experiment.parameters(profile, Map.of());
			return parameters.jvms() == 1 && experiment.schedule(profile, parameters)
				.steps()
				.stream()
				.allMatch((step) -> experiment.request(step.name(), parameters)
					.equals(Request.call(parameters.delayMs())));
		});
	}

}
