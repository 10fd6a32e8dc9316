package dev.threelanes.report.simulation;

import java.io.IOException;
import java.nio.file.Path;

import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Profile;

/**
 * Writes a run of ten million recorded requests, for a benchmark of what is made of it:
 * {@code ./lanes report} on the folder.
 */
public final class TenMillionRequests {

	/** Fresh JVMs of each lane: 72,000 requests a cell, three lanes. */
	private static final int FORKS = 47;

	private TenMillionRequests() {
	}

	/**
	 * Writes the run.
	 * @param arguments the folder to write to
	 * @throws IOException if it cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		SimulatedRun run = new SimulatedRun(Path.of(arguments[0]));
		for (Lane lane : Lane.values()) {
			for (int fork = 1; fork <= FORKS; fork++) {
				run.add(SimulatedCell.of("slow-call", lane, fork).profile(Profile.FULL).sampledEverySecond());
			}
		}
		run.write();
	}

}
