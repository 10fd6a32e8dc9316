package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

import dev.threelanes.report.cell.Cell;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.Checksums;
import dev.threelanes.report.cell.Manifest;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.runner.RunPlan.PlannedCell;

/**
 * The cells of a run that are complete, with a fingerprint of each.
 */
final class FinishedCells {

	private final RunFiles run;

	private final Map<String, String> sums = Collections.synchronizedMap(new LinkedHashMap<>());

	FinishedCells(RunFiles run) {
		this.run = run;
	}

	/**
	 * Takes over what a stopped run has finished, after a look at each file.
	 * @param begun what was written of the run
	 * @param cells all cells of the run
	 * @throws RunFailure if a cell is broken, was changed, or is not of this run
	 */
	void adopt(Manifest begun, List<PlannedCell> cells) {
		for (PlannedCell cell : cells) {
			CellFiles files = files(cell);
			if (!Files.exists(files.folder())) {
				if (begun.cells().containsKey(cell.toString())) {
					throw new RunFailure("The finished cell %s is gone: the run cannot be finished".formatted(cell));
				}
				continue;
			}
			try {
				Cell found = files.read().cell();
				String sum = Checksums.of(files.cell());
				// A run that was killed may not have listed its last cell any more.
				if (!begun.cells().getOrDefault(cell.toString(), sum).equals(sum) || !isOf(cell, found)) {
					throw new RunFailure("The cell %s was changed after it was measured: the run cannot be finished"
						.formatted(cell));
				}
				this.sums.put(cell.toString(), sum);
			}
			catch (IOException ex) {
				throw new RunFailure("The cell %s is broken: %s".formatted(cell, ex.getMessage()), ex);
			}
		}
	}

	/**
	 * Gives up the finished cells that somebody has a reason to measure again. Their
	 * files stay where they are.
	 * @param cells all cells of the run
	 * @param reasons why a cell with these files is to be measured again, mostly none
	 * @return those that were given up
	 */
	List<PlannedCell> giveUp(List<PlannedCell> cells, BiFunction<PlannedCell, CellFiles, List<String>> reasons) {
		List<PlannedCell> given = cells.stream()
			.filter((cell) -> contains(cell) && !reasons.apply(cell, files(cell)).isEmpty())
			.toList();
		given.forEach((cell) -> this.sums.remove(cell.toString()));
		return given;
	}

	void add(PlannedCell cell) {
		try {
			this.sums.put(cell.toString(), Checksums.of(files(cell).cell()));
		}
		catch (IOException ex) {
			throw new RunFailure("The cell %s cannot be read: %s".formatted(cell, ex.getMessage()), ex);
		}
	}

	boolean contains(PlannedCell cell) {
		return this.sums.containsKey(cell.toString());
	}

	Map<String, String> sums() {
		synchronized (this.sums) {
			return new LinkedHashMap<>(this.sums);
		}
	}

	private CellFiles files(PlannedCell cell) {
		return this.run.cell(cell.experiment().id(), cell.subject().id(), cell.fork());
	}

	private static boolean isOf(PlannedCell planned, Cell found) {
		return found.experiment().equals(planned.experiment().id()) && found.lane().equals(planned.subject().id())
				&& found.fork() == planned.fork() && found.profile().equals(planned.profile().id())
				&& found.settings().equals(planned.settings().id())
				&& found.parameters().equals(planned.parameters().asMap())
				&& found.steps().equals(Cell.steps(planned.schedule()))
				&& found.warmUp().equals(Cell.warmUp(planned.schedule()))
				&& Objects.equals(found.injectors(), planned.shared() ? planned.injectors() : null);
	}

}
