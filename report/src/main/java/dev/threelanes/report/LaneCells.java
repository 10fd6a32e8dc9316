package dev.threelanes.report;

import java.util.List;

import dev.threelanes.report.validity.CheckedCell;

/**
 * The cells of one lane in one experiment.
 *
 * @param lane the lane's name
 * @param forks the cells that could be read
 * @param losses why the other cells could not be read; empty if all could
 */
record LaneCells(String lane, List<CheckedCell> forks, List<String> losses) {

	LaneCells {
		forks = List.copyOf(forks);
		losses = List.copyOf(losses);
	}

	/**
	 * Whether nothing of the lane may be quoted. One fork that is lost is enough: to
	 * leave it out would be to choose among measurements.
	 * @return {@code true} if a cell could not be read
	 */
	boolean lost() {
		return !this.losses.isEmpty();
	}

}
