package dev.threelanes.lane;

import java.util.Locale;

/**
 * Where a request blocks.
 */
enum Where {

	/** In the handler, on the thread that serves the request. */
	HANDLER,

	/** On a worker's thread, whom the handler hands the work to. */
	WORKER,

	/** Inside {@code synchronized}, owning a monitor that no other request wants. */
	MONITOR;

	/**
	 * Reads a place.
	 * @param name its name
	 * @return the place
	 * @throws ParameterException if there is none of this name
	 */
	static Where of(String name) {
		return valueOf(Parameter.WHERE.check(name).toUpperCase(Locale.ROOT));
	}

}
