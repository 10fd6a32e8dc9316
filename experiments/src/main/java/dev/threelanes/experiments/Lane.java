package dev.threelanes.experiments;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One of the three services under comparison.
 */
public enum Lane {

	/** Spring MVC on Tomcat: a platform thread is held for the whole of a request. */
	MVC("mvc", "MVC", "Tomcat", true, false),

	/**
	 * Spring WebFlux on Reactor Netty: an event loop, no thread is held by a waiting
	 * request.
	 */
	WEBFLUX("webflux", "WebFlux", "Netty", false, false),

	/**
	 * The MVC code on virtual threads: a thread is held, but there are enough of them.
	 */
	LOOM("loom", "Loom", "Tomcat", false, true);

	private final String id;

	private final String title;

	private final String server;

	private final boolean threadBound;

	private final boolean virtual;

	Lane(String id, String title, String server, boolean threadBound, boolean virtual) {
		this.id = id;
		this.title = title;
		this.server = server;
		this.threadBound = threadBound;
		this.virtual = virtual;
	}

	/**
	 * The name of this lane on the command line, in files and in addresses.
	 * @return the identifier
	 */
	public String id() {
		return this.id;
	}

	/**
	 * The name of this lane for people.
	 * @return the title
	 */
	public String title() {
		return this.title;
	}

	/**
	 * The name of the HTTP server that this lane must report of itself.
	 * @return the server's name
	 */
	public String server() {
		return this.server;
	}

	/**
	 * Whether the number of requests in progress is bounded by a pool of threads.
	 * @return {@code true} for the lane with a pool of platform threads
	 */
	public boolean threadBound() {
		return this.threadBound;
	}

	/**
	 * Whether requests must be handled by virtual threads.
	 * @return {@code true} for the lane with virtual threads
	 */
	public boolean virtual() {
		return this.virtual;
	}

	/**
	 * Finds a lane by its {@linkplain #id() identifier}.
	 * @param id the identifier
	 * @return the lane
	 * @throws IllegalArgumentException if there is no such lane
	 */
	public static Lane of(String id) {
		return Arrays.stream(values())
			.filter((lane) -> lane.id.equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no lane '%s'; the lanes are %s".formatted(id,
					Arrays.stream(values()).map(Lane::id).collect(Collectors.joining(", ")))));
	}

}
