package dev.threelanes.report.cell;

import dev.threelanes.experiments.Step;
import org.jspecify.annotations.Nullable;

/**
 * A step as a cell was asked to run it.
 *
 * @param name its name in every record file
 * @param fromRps requests a second at its beginning; other than at its end only while a
 * lane warms up, and absent where users do not arrive at a rate
 * @param offeredRps λ, requests a second; absent where users do not arrive at a rate
 * @param users how many arrive at once or come back; absent where they arrive at a rate
 * @param durationMs for how long users arrive or come back, in milliseconds; 0 where all
 * arrive at once
 * @param holding {@value #HELD} where all users are in progress at once and are answered,
 * {@value #WAITING} where they are woken; absent elsewhere
 */
public record CellStep(String name, @Nullable Double fromRps, @Nullable Double offeredRps, @Nullable Integer users,
		long durationMs, @Nullable String holding) {

	private static final String HELD = "held";

	private static final String WAITING = "waiting";

	/**
	 * A step of the catalogue.
	 * @param step the step
	 * @return the same step as a cell keeps it
	 */
	public static CellStep of(Step step) {
		return switch (step) {
			case Step.Open open ->
				new CellStep(open.name(), open.fromRps(), open.offeredRps(), null, open.duration().toMillis(), null);
			case Step.Burst burst -> new CellStep(burst.name(), null, null, burst.users(), 0, null);
			case Step.Closed closed ->
				new CellStep(closed.name(), null, null, closed.users(), closed.duration().toMillis(), null);
			case Step.Held held ->
				new CellStep(held.name(), null, null, held.users(), held.duration().toMillis(), HELD);
			case Step.Waiting waiting ->
				new CellStep(waiting.name(), null, null, waiting.users(), waiting.ramp().toMillis(), WAITING);
		};
	}

	/**
	 * Whether users arrive at a rate.
	 * @return {@code true} if so
	 */
	public boolean open() {
		return this.offeredRps != null;
	}

	/**
	 * Whether users arrive all at once.
	 * @return {@code true} if so
	 */
	public boolean burst() {
		return this.users != null && this.durationMs == 0;
	}

	/**
	 * Whether all users are in progress at once and wait for their answers.
	 * @return {@code true} if so
	 */
	public boolean held() {
		return HELD.equals(this.holding);
	}

	/**
	 * Whether all users are in progress at once and wait to be woken.
	 * @return {@code true} if so
	 */
	public boolean waiting() {
		return WAITING.equals(this.holding);
	}

	/**
	 * Whether there is a stretch in which requests come and are answered evenly.
	 * @return {@code true} if so
	 */
	public boolean steady() {
		return !burst() && this.holding == null;
	}

	/**
	 * The rate at which users arrive.
	 * @return requests a second; 0 where they do not arrive at a rate
	 */
	public double rps() {
		return (this.offeredRps != null) ? this.offeredRps : 0;
	}

	/**
	 * How many users arrive in this step, or come back in it.
	 * @return the number of users
	 */
	public long arrivals() {
		if (this.users != null) {
			return this.users;
		}
		double from = (this.fromRps != null) ? this.fromRps : rps();
		return Math.round((from + rps()) / 2 * seconds());
	}

	/**
	 * The duration in seconds, as rates want it.
	 * @return seconds
	 */
	public double seconds() {
		return this.durationMs / 1000.0;
	}

}
