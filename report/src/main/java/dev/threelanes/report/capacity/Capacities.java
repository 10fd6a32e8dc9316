package dev.threelanes.report.capacity;

import java.util.List;

/**
 * What a search for capacity found: {@code capacity.json}.
 *
 * @param schema the version of the file's shape, {@value #SCHEMA}
 * @param experiment the experiment's name
 * @param p99LimitMs the longest 99th percentile of the objective, in milliseconds
 * @param errorShare the share of failures that must not be reached
 * @param lanes what was found of each lane
 */
public record Capacities(int schema, String experiment, double p99LimitMs, double errorShare,
		List<LaneCapacity> lanes) {

	/** The version of the file's shape. */
	public static final int SCHEMA = 1;

	public Capacities {
		lanes = List.copyOf(lanes);
	}

	/**
	 * What was found of a lane.
	 *
	 * @param lane the lane
	 * @param found the end of the search
	 * @param probes all probes in their order
	 */
	public record LaneCapacity(String lane, CapacitySearch.Next.Found found, List<Probe> probes) {

		public LaneCapacity {
			probes = List.copyOf(probes);
		}

	}

}
