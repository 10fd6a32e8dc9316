package dev.threelanes.report.cell;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a run was, so that it can be repeated: {@code manifest.json}.
 *
 * @param schema the version of the file's shape, {@value #SCHEMA}
 * @param runId the run's name, that of its folder
 * @param startedAt when it started, an ISO 8601 instant
 * @param args the arguments of the command line
 * @param commit the commit of the project's own tree; absent outside one
 * @param seed what the order was drawn from
 * @param order the cells in the order in which they ran, each as
 * {@code experiment/lane/fork}
 * @param profile the profile's name
 * @param settings {@code aligned} or {@code stock}
 * @param machine the machine
 * @param jvmFlags the flags of every lane's JVM
 * @param lanes what each lane said of itself when first seen, by its name
 * @param plan what was asked for, so that a stopped run can be finished
 * @param artifacts the SHA-256 of each program that took part, by its name
 * @param cells the SHA-256 of each finished cell's {@code cell.json} by the cell, which
 * keeps those of the other files
 * @param resumedAt when it was stopped and taken up again, ISO 8601 instants
 * @param generator how far the generator can be believed on this machine, in words;
 * absent if it was not calibrated
 * @param pinned which processors lane, generator and downstream had to themselves; empty
 * if they shared all
 * @param repeats the measurements that were spoilt and made again, in their order; absent
 * in a run of the time before there were any
 * @param database the address of the reader's own database that lanes asked; absent if
 * they asked the one that a run brings along
 * @param complete whether all cells were run
 * @param leftOut why a contender could not be run on this machine, as
 * {@code experiment/contender}; absent in runs from before this was told
 * @param on where lanes lived: {@code compose}, in containers that the run started, or
 * {@code standing}, in such that stood already; absent if they were processes of the
 * run's own
 */
public record Manifest(int schema, String runId, String startedAt, List<String> args, @Nullable String commit,
		long seed, List<String> order, String profile, String settings, Machine machine, List<String> jvmFlags,
		Map<String, JsonNode> lanes, Plan plan, Map<String, String> artifacts, Map<String, String> cells,
		List<String> resumedAt, @Nullable String generator, Map<String, String> pinned, @Nullable List<Repeat> repeats,
		@Nullable String database, boolean complete, @Nullable Map<String, String> leftOut, @Nullable String on) {

	/** The version of the file's shape. */
	public static final int SCHEMA = 2;

	public Manifest {
		args = List.copyOf(args);
		order = List.copyOf(order);
		jvmFlags = List.copyOf(jvmFlags);
		lanes = Collections.unmodifiableMap(new LinkedHashMap<>(lanes));
		artifacts = Collections.unmodifiableMap(new TreeMap<>(artifacts));
		cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
		resumedAt = List.copyOf(resumedAt);
		pinned = Collections.unmodifiableMap(new LinkedHashMap<>(pinned));
		repeats = (repeats != null) ? List.copyOf(repeats) : null;
		leftOut = (leftOut != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(leftOut)) : null;
	}

	/**
	 * The measurements that were spoilt and made again.
	 * @return the repeats in their order, none if there were none
	 */
	public List<Repeat> measuredAgain() {
		return (this.repeats != null) ? this.repeats : List.of();
	}

	/**
	 * Why contenders of an experiment could not be run on this machine.
	 * @param experiment the experiment's name
	 * @return the reasons by the contender's name
	 */
	public Map<String, String> leftOut(String experiment) {
		Map<String, String> reasons = new LinkedHashMap<>();
		if (this.leftOut != null) {
			this.leftOut.forEach((place, why) -> {
				if (place.startsWith(experiment + "/")) {
					reasons.put(place.substring(experiment.length() + 1), why);
				}
			});
		}
		return reasons;
	}

	/**
	 * A measurement that was spoilt and made again.
	 *
	 * @param cell the cell, as {@code experiment/lane/fork}
	 * @param attempt the number of the spoilt measurement of this cell, from 1
	 * @param reasons what spoilt it, in words for people
	 */
	public record Repeat(String cell, int attempt, List<String> reasons) {

		public Repeat {
			reasons = List.copyOf(reasons);
		}

	}

	/**
	 * What a run was asked to measure.
	 *
	 * @param experiments the experiments' names
	 * @param lanes the lanes' names
	 * @param targets addresses of the reader's own services by name
	 * @param forks how many fresh JVMs of each
	 * @param changes changed parameters by name
	 * @param injectors how many load generators shared each load; absent where one made
	 * it
	 * @param references the references' names that are measured beside the lanes; absent
	 * where there are none
	 */
	public record Plan(List<String> experiments, List<String> lanes, Map<String, String> targets, int forks,
			Map<String, String> changes, @Nullable Integer injectors, @Nullable List<String> references) {

		public Plan {
			experiments = List.copyOf(experiments);
			lanes = List.copyOf(lanes);
			targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
			changes = Collections.unmodifiableMap(new TreeMap<>(changes));
			references = (references != null) ? List.copyOf(references) : null;
		}

		/**
		 * A plan of loads that one generator makes.
		 * @param experiments the experiments' names
		 * @param lanes the lanes' names
		 * @param targets addresses of the reader's own services by name
		 * @param forks how many fresh JVMs of each
		 * @param changes changed parameters by name
		 */
		public Plan(List<String> experiments, List<String> lanes, Map<String, String> targets, int forks,
				Map<String, String> changes) {
			this(experiments, lanes, targets, forks, changes, null, null);
		}

	}

}
