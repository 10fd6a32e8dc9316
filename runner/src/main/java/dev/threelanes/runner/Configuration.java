package dev.threelanes.runner;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.threelanes.report.cell.Machine;
import dev.threelanes.report.cell.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * What all cells of a run are measured under: a run has one, or it is not finished.
 *
 * @param commit the project's commit, or {@code null} if it is unknown
 * @param programs the fingerprints of what is run, by name
 * @param machine the machine
 * @param jvmFlags the flags of every lane's JVM
 * @param order the cells in the order in which they are measured
 */
record Configuration(@Nullable String commit, Map<String, String> programs, Machine machine, List<String> jvmFlags,
		List<String> order) {

	/**
	 * What a run that was begun was measured under.
	 * @param begun what was written of it
	 * @return its configuration
	 */
	static Configuration of(Manifest begun) {
		return new Configuration(begun.commit(), begun.artifacts(), begun.machine(), begun.jvmFlags(), begun.order());
	}

	/**
	 * Makes sure that this is the configuration that a run was begun with.
	 * @param before what it was begun with
	 * @param run the run, for the message
	 * @throws RunFailure with the first thing that is another
	 */
	void requireSame(Configuration before, Object run) {
		require("commit", this.commit, before.commit, run);
		require("programs", this.programs, before.programs, run);
		require("machine", this.machine, before.machine, run);
		require("flags of the JVM", this.jvmFlags, before.jvmFlags, run);
		require("order of cells", this.order, before.order, run);
	}

	private static void require(String what, @Nullable Object now, @Nullable Object before, Object run) {
		if (!Objects.equals(now, before)) {
			throw new RunFailure("%s was begun with another %s and cannot be finished with this one: make a new run"
				.formatted(run, what));
		}
	}

}
