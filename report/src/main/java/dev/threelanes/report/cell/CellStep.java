package dev.threelanes.report.cell;

import dev.threelanes.experiments.Mix;
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
 * @param mix what it was offered together with; absent where it was offered by itself
 */
public record CellStep(String name, @Nullable Double fromRps, @Nullable Double offeredRps, @Nullable Integer users,
		long durationMs, @Nullable String holding, @Nullable Together mix) {

	private static final String HELD = "held";

	private static final String WAITING = "waiting";

	/**
	 * A step that was offered by itself and that nobody is held in.
	 * @param name its name
	 * @param fromRps requests a second at its beginning, or {@code null}
	 * @param offeredRps λ, requests a second, or {@code null}
	 * @param users how many arrive at once or come back, or {@code null}
	 * @param durationMs for how long users arrive or come back, in milliseconds
	 */
	public CellStep(String name, @Nullable Double fromRps, @Nullable Double offeredRps, @Nullable Integer users,
			long durationMs) {
		this(name, fromRps, offeredRps, users, durationMs, null, null);
	}

	/**
	 * A step of the catalogue.
	 * @param step the step
	 * @return the same step as a cell keeps it
	 */
	public static CellStep of(Step step) {
		return switch (step) {
			case Step.Open open ->
				new CellStep(open.name(), open.fromRps(), open.offeredRps(), null, open.duration().toMillis());
			case Step.Part part -> new CellStep(part.name(), part.offeredRps(), part.offeredRps(), null,
					part.duration().toMillis(), null, Together.of(part.mix()));
			case Step.Burst burst -> new CellStep(burst.name(), null, null, burst.users(), 0);
			case Step.Closed closed ->
				new CellStep(closed.name(), null, null, closed.users(), closed.duration().toMillis());
			case Step.Held held ->
				new CellStep(held.name(), null, null, held.users(), held.duration().toMillis(), HELD, null);
			case Step.Waiting waiting ->
				new CellStep(waiting.name(), null, null, waiting.users(), waiting.ramp().toMillis(), WAITING, null);
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
	 * Whether other requests were offered at the same time.
	 * @return {@code true} if so
	 */
	public boolean mixed() {
		return this.mix != null;
	}

	/**
	 * Whether another step was offered at the same time.
	 * @param other the step, which may be this one
	 * @return {@code true} if so
	 */
	public boolean togetherWith(CellStep other) {
		return equals(other) || (this.mix != null && this.mix.equals(other.mix));
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

	/**
	 * Steps that were offered at the same time.
	 *
	 * @param name their name as a whole
	 * @param turnMs after how long the turns of their users begin anew, in milliseconds
	 */
	public record Together(String name, double turnMs) {

		private static Together of(Mix mix) {
			return new Together(mix.name(), 1000 * mix.turnSeconds());
		}

	}

}
