package dev.threelanes.report.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.cell.Checksums;
import dev.threelanes.report.cell.Json;
import dev.threelanes.report.cell.Machine;
import dev.threelanes.report.cell.Manifest;
import dev.threelanes.report.cell.RunFiles;
import tools.jackson.databind.JsonNode;

/**
 * The files of a simulated run.
 */
public final class SimulatedRun {

	private final RunFiles files;

	private final List<String> order = new ArrayList<>();

	private final List<String> args = new ArrayList<>(List.of("run", "--out", "/srv/someone/results/simulated"));

	private final Map<String, String> leftOut = new LinkedHashMap<>();

	private boolean complete = true;

	/**
	 * Begins a run.
	 * @param folder where its files go
	 */
	public SimulatedRun(Path folder) {
		this.files = new RunFiles(folder);
	}

	// A run of all lanes.
	public static SimulatedRun healthy(Path folder, String experiment, int forks) {
		SimulatedRun run = new SimulatedRun(folder);
		for (Lane lane : Lane.values()) {
			for (int fork = 1; fork <= forks; fork++) {
				run.add(SimulatedCell.of(experiment, lane, fork));
			}
		}
		return run;
	}

	// Adds a cell, or replaces the one at its place.
	public SimulatedRun add(SimulatedCell cell) {
		cell.write(this.files);
		if (!this.order.contains(cell.place())) {
			this.order.add(cell.place());
		}
		return this;
	}

	// Lets the run have been stopped before this cell.
	public SimulatedRun stoppedBefore(String place) {
		this.order.add(place);
		this.complete = false;
		return this;
	}

	// Lets a contender not have been run.
	public SimulatedRun leftOut(String contender, String why) {
		this.leftOut.put(contender, why);
		return this;
	}

	private Map<String, String> sums() throws IOException {
		Map<String, String> sums = new LinkedHashMap<>();
		for (RunFiles.Place place : this.files.cells()) {
			sums.put(place.toString(),
					Checksums.of(this.files.cell(place.experiment(), place.lane(), place.fork()).cell()));
		}
		return sums;
	}

	// Writes the manifest.
	public Path write() throws IOException {
		Map<String, JsonNode> lanes = new LinkedHashMap<>();
		for (Lane lane : Lane.values()) {
			lanes.put(lane.id(), SimulatedCell.identity(lane.id(), lane.server(), lane.virtual(), "aligned", 4711));
		}
		Json.write(this.files.manifest(),
				new Manifest(Manifest.SCHEMA, "simulated", SimulatedCell.START.toString(), this.args, "0123456789ab", 7,
						this.order, "quick", "aligned",
						new Machine("An OS", "6.1", "A processor", 2, 8L << 30, 20_000L, "25"), List.of("-Xmx512m"),
						lanes, new Manifest.Plan(List.of(), List.of(), Map.of(), 1, Map.of()), Map.of(), sums(),
						List.of(), null, Map.of(), null, null, this.complete, this.leftOut, null));
		return this.files.folder();
	}

}
