package dev.threelanes.experiments;

import java.time.Duration;

/**
 * A stretch in the middle of a step in which the downstream fails. It is as long as the
 * stretch before it, which tells what is normal, and is followed by one in which the lane
 * may recover.
 *
 * @param fault how the downstream fails
 * @param begin how long after the step's first request it begins
 * @param length how long it lasts
 * @param timeout R, how long a lane waits for the downstream
 */
public record Outage(Fault fault, Duration begin, Duration length, Duration timeout) {

	/**
	 * How long a lane is watched afterwards: somewhat longer than the 10 s in which it
	 * should have recovered.
	 */
	private static final Duration AFTERWARDS = Duration.ofSeconds(12);

	public Outage {
		if (!begin.isPositive() || !length.isPositive() || !timeout.isPositive()) {
			throw new IllegalArgumentException("times must be positive: %s, %s, %s".formatted(begin, length, timeout));
		}
	}

	static Outage of(Fault fault, Parameters parameters) {
		Duration stall = Duration.ofMillis(parameters.value(Parameter.STALL_MS));
		return new Outage(fault, stall, stall, Duration.ofMillis(parameters.value(Parameter.TIMEOUT_MS)));
	}

	/**
	 * When it is over.
	 * @return how long after the step's first request
	 */
	public Duration end() {
		return this.begin.plus(this.length);
	}

	/**
	 * How long the step lasts that it is in the middle of.
	 * @return the duration of the step
	 */
	public Duration step() {
		return end().plus(AFTERWARDS);
	}

	/**
	 * What the downstream must be asked for to fail in this way, from now on.
	 * @return path and query of a POST request
	 */
	public String target() {
		String kind = switch (this.fault) {
			case Fault.Hang hang -> "kind=hang";
			case Fault.Reset reset -> "kind=reset";
			case Fault.Slow slow -> "kind=slow&byMs=" + slow.by().toMillis();
			case Fault.Errors errors -> "kind=errors&percent=" + errors.percent();
		};
		return "/faults?%s&forMs=%d".formatted(kind, this.length.toMillis());
	}

}
