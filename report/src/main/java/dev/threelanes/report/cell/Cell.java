package dev.threelanes.report.cell;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.threelanes.experiments.Schedule;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What was asked of one fresh start of a lane, and what the runner saw of it:
 * {@code cell.json}.
 *
 * @param schema the version of the file's shape, {@value #SCHEMA}
 * @param experiment the experiment's name in the catalogue
 * @param lane the contender's name: mostly the lane's, or that of a reader's own target
 * @param fork the number of the fresh start, from 1
 * @param profile the profile's name
 * @param settings {@code aligned} or {@code stock}
 * @param parameters the catalogue's parameters by name, after a reader's changes
 * @param warmUp the steps that warm the lane up, in their order
 * @param steps the steps that are measured, in their order
 * @param load how requests arrived: {@code open}, whether or not the lane kept up,
 * {@code burst}, all at once, {@code closed}, each after the answer to the one before,
 * {@code held}, all in progress at once, {@code waiting}, all until they are woken, or
 * {@code mixed}, as open but for different things at the same time
 * @param startedAt when the lane was started, an ISO 8601 instant
 * @param endedAt when it was stopped, an ISO 8601 instant
 * @param processors how many processors the generator could use
 * @param startUpMillis from the start of the process to its first ready answer, in
 * milliseconds; absent where the runner did not start it
 * @param jvmFlags the flags of the lane's JVM
 * @param identityBefore what the lane said of itself before the load; absent if it did
 * not answer
 * @param identityAfter what it said afterwards; absent if it did not answer
 * @param problems what the runner itself saw go wrong, in words for people; empty if
 * nothing did
 * @param files the SHA-256 of each other file of the cell by its name, so that a file
 * that was changed afterwards is noticed
 * @param injectors how many load generators shared the load, each with a record of its
 * own beside the merged one; absent where there was one
 */
public record Cell(int schema, String experiment, String lane, int fork, String profile, String settings,
		Map<String, Integer> parameters, List<CellStep> warmUp, List<CellStep> steps, String load, String startedAt,
		String endedAt, int processors, @Nullable Long startUpMillis, List<String> jvmFlags,
		@Nullable JsonNode identityBefore, @Nullable JsonNode identityAfter, List<String> problems,
		Map<String, String> files, @Nullable Integer injectors) {

	/** The version of the file's shape. */
	public static final int SCHEMA = 3;

	public Cell {
		parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
		warmUp = List.copyOf(warmUp);
		steps = List.copyOf(steps);
		jvmFlags = List.copyOf(jvmFlags);
		problems = List.copyOf(problems);
		files = Collections.unmodifiableMap(new TreeMap<>(files));
	}

	/**
	 * A cell of a single load generator.
	 * @param schema the version of the file's shape
	 * @param experiment the experiment's name
	 * @param lane the contender's name
	 * @param fork the number of the fresh start
	 * @param profile the profile's name
	 * @param settings {@code aligned} or {@code stock}
	 * @param parameters the catalogue's parameters by name
	 * @param warmUp the steps that warm the lane up
	 * @param steps the steps that are measured
	 * @param load how requests arrived
	 * @param startedAt when the lane was started
	 * @param endedAt when it was stopped
	 * @param processors how many processors the generator could use
	 * @param startUpMillis how long the lane took to start, in milliseconds
	 * @param jvmFlags the flags of the lane's JVM
	 * @param identityBefore what the lane said of itself before the load
	 * @param identityAfter what it said afterwards
	 * @param problems what the runner saw go wrong
	 * @param files the SHA-256 of each other file of the cell by its name
	 */
	public Cell(int schema, String experiment, String lane, int fork, String profile, String settings,
			Map<String, Integer> parameters, List<CellStep> warmUp, List<CellStep> steps, String load, String startedAt,
			String endedAt, int processors, @Nullable Long startUpMillis, List<String> jvmFlags,
			@Nullable JsonNode identityBefore, @Nullable JsonNode identityAfter, List<String> problems,
			Map<String, String> files) {
		this(schema, experiment, lane, fork, profile, settings, parameters, warmUp, steps, load, startedAt, endedAt,
				processors, startUpMillis, jvmFlags, identityBefore, identityAfter, problems, files, null);
	}

	/**
	 * The same cell with the merged record of several load generators.
	 * @param generators how many shared the load
	 * @param sums the SHA-256 of each other file by its name
	 * @return the cell
	 */
	public Cell sharedBy(int generators, Map<String, String> sums) {
		return new Cell(this.schema, this.experiment, this.lane, this.fork, this.profile, this.settings,
				this.parameters, this.warmUp, this.steps, this.load, this.startedAt, this.endedAt, this.processors,
				this.startUpMillis, this.jvmFlags, this.identityBefore, this.identityAfter, this.problems, sums,
				generators);
	}

	/**
	 * The warm-up of a schedule as a cell keeps it.
	 * @param schedule the schedule
	 * @return its steps that are not measured
	 */
	public static List<CellStep> warmUp(Schedule schedule) {
		return schedule.warmUp().stream().map(CellStep::of).toList();
	}

	/**
	 * The steps of a schedule as a cell keeps them.
	 * @param schedule the schedule
	 * @return its measured steps
	 */
	public static List<CellStep> steps(Schedule schedule) {
		return schedule.steps().stream().map(CellStep::of).toList();
	}

}
