package dev.threelanes.report.cell;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 * @param complete whether all cells were run
 */
public record Manifest(int schema, String runId, String startedAt, List<String> args, @Nullable String commit,
		long seed, List<String> order, String profile, String settings, Machine machine, List<String> jvmFlags,
		Map<String, JsonNode> lanes, boolean complete) {

	/** The version of the file's shape. */
	public static final int SCHEMA = 1;

	public Manifest {
		args = List.copyOf(args);
		order = List.copyOf(order);
		jvmFlags = List.copyOf(jvmFlags);
		lanes = Collections.unmodifiableMap(new LinkedHashMap<>(lanes));
	}

}
