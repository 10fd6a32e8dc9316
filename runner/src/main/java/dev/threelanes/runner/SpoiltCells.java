package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.threelanes.report.cell.BrokenFileException;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.Manifest.Repeat;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.cell.RunFiles.Place;
import dev.threelanes.report.validity.Reason;
import dev.threelanes.report.validity.Rule;
import dev.threelanes.report.validity.Rules;
import dev.threelanes.runner.RunPlan.PlannedCell;

/**
 * The measurements of a run that generator, downstream or machine spoilt, and that are
 * made again. They are kept beside the cells, and the page names each with its reasons.
 * What the lane itself may be blamed for is a finding and never a reason to try again.
 */
final class SpoiltCells {

	/** How often a cell is measured at most when nobody says otherwise. */
	static final int DEFAULT_ATTEMPTS = 2;

	private static final int MOST_ATTEMPTS = 10;

	private final RunFiles run;

	private final int attempts;

	private final List<Repeat> repeats = Collections.synchronizedList(new ArrayList<>());

	/**
	 * Allows a number of attempts.
	 * @param run where the run's files lie
	 * @param attempts how often a cell is measured at most, 1 to {@value #MOST_ATTEMPTS}
	 * @throws IllegalArgumentException if the number is out of bounds
	 */
	SpoiltCells(RunFiles run, int attempts) {
		if (attempts < 1 || attempts > MOST_ATTEMPTS) {
			throw new IllegalArgumentException(
					"attempts must be between 1 and %d, not %d".formatted(MOST_ATTEMPTS, attempts));
		}
		this.run = run;
		this.attempts = attempts;
	}

	/**
	 * Takes over the spoilt measurements of a run that was stopped.
	 * @param cells all cells of the run
	 */
	void adopt(List<PlannedCell> cells) {
		for (PlannedCell cell : cells) {
			for (int attempt = 1; Files.exists(files(cell, attempt).folder()); attempt++) {
				this.repeats.add(new Repeat(cell.toString(), attempt, reasons(files(cell, attempt))));
			}
		}
	}

	/**
	 * Looks whether a measurement is to be made again, and puts it aside if so.
	 * @param cell the cell
	 * @param measured its complete files, not published yet
	 * @return whether it was put aside
	 * @throws IOException if it cannot be put aside
	 */
	boolean takes(PlannedCell cell, CellFiles measured) throws IOException {
		int attempt = attempt(cell);
		List<String> reasons = wants(cell, measured);
		if (reasons.isEmpty()) {
			return false;
		}
		measured.publish(files(cell, attempt));
		this.repeats.add(new Repeat(cell.toString(), attempt, reasons));
		return true;
	}

	/**
	 * Looks why a measurement is to be made again, and leaves it where it is.
	 * @param cell the cell
	 * @param measured its complete files
	 * @return the reasons; none if it stays, or no attempt is left
	 */
	List<String> wants(PlannedCell cell, CellFiles measured) {
		return (attempt(cell) < this.attempts) ? reasons(measured) : List.of();
	}

	// Those before were put aside.
	private int attempt(PlannedCell cell) {
		int attempt = 1;
		while (Files.exists(files(cell, attempt).folder())) {
			attempt++;
		}
		return attempt;
	}

	List<Repeat> repeats() {
		synchronized (this.repeats) {
			return List.copyOf(this.repeats);
		}
	}

	private CellFiles files(PlannedCell cell, int attempt) {
		return this.run.spoiltCell(new Place(cell.experiment().id(), cell.subject().id(), cell.fork()), attempt);
	}

	private static List<String> reasons(CellFiles files) {
		try {
			LoadedCell cell = files.read();
			if (breaks(cell, Rules.ofLife())) {
				// Whatever else happened: a second attempt would hide that a lane died.
				return List.of();
			}
			return Rules.ofTheInstrument()
				.stream()
				.flatMap((rule) -> rule.check(cell).stream())
				.map(SpoiltCells::words)
				.toList();
		}
		catch (BrokenFileException ex) {
			// Nobody knows what spoilt it, so that it stays and the report says so.
			return List.of();
		}
	}

	private static boolean breaks(LoadedCell cell, List<Rule> rules) {
		return rules.stream().anyMatch((rule) -> !rule.check(cell).isEmpty());
	}

	private static String words(Reason reason) {
		return (reason.step() != null) ? "%s: %s.".formatted(reason.step(), reason.text()) : reason.text() + ".";
	}

}
