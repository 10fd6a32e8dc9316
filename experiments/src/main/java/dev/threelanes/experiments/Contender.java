package dev.threelanes.experiments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One of the things that an experiment sets side by side: a lane, perhaps with parameters
 * of its own, perhaps for a second time.
 *
 * @param id its name in files and tables, unique inside an experiment
 * @param title its name for people
 * @param lane the lane that is started
 * @param changes parameters that differ from the experiment's, by name
 * @param setup what else it is started with that the others are not
 * @param bound how many of its requests may be in progress at once, or {@code null} if
 * the experiment's bound says it
 */
public record Contender(String id, String title, Lane lane, Map<String, Integer> changes, Setup setup,
		@Nullable Bound bound) {

	/** Each lane as it is. */
	public static final List<Contender> LANES = Stream.of(Lane.values()).map(Contender::of).toList();

	public Contender {
		changes = Map.copyOf(changes);
	}

	/**
	 * A lane with parameters of its own, started as every lane is.
	 * @param id its name in files and tables, unique inside an experiment
	 * @param title its name for people
	 * @param lane the lane that is started
	 * @param changes parameters that differ from the experiment's, by name
	 */
	public Contender(String id, String title, Lane lane, Map<String, Integer> changes) {
		this(id, title, lane, changes, Setup.AS_ALL, null);
	}

	/**
	 * A lane as it is.
	 * @param lane the lane
	 * @return the contender with the lane's name
	 */
	public static Contender of(Lane lane) {
		return new Contender(lane.id(), lane.title(), lane, Map.of());
	}

	/**
	 * The same, started with what the others are not.
	 * @param setup the setup
	 * @return the contender
	 */
	public Contender with(Setup setup) {
		return new Contender(this.id, this.title, this.lane, this.changes, setup, this.bound);
	}

	/**
	 * The same with a bound of its own in place of the experiment's.
	 * @param bound the bound
	 * @return the contender
	 */
	public Contender boundBy(Bound bound) {
		return new Contender(this.id, this.title, this.lane, this.changes, this.setup, bound);
	}

	/**
	 * The parameters that this contender is measured with.
	 * @param parameters those of the experiment
	 * @return the same with this contender's changes
	 */
	public Parameters parameters(Parameters parameters) {
		Parameters changed = parameters;
		for (Map.Entry<String, Integer> change : this.changes.entrySet()) {
			changed = changed.with(change.getKey(), change.getValue().toString());
		}
		return changed;
	}

}
