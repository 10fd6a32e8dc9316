package dev.threelanes.report;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.report.cell.BrokenFileException;
import dev.threelanes.report.cell.Cell;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.Manifest;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.cell.RunFiles.Place;

/**
 * A run as it lies on the disk.
 *
 * @param manifest what it was
 * @param cells the cells that could be read, by experiment, lane and fork
 * @param unreadable why the other cells could not be read, by where they lie
 * @param generatorReports the cells that have a report of the load generator's own
 */
record Run(Manifest manifest, List<LoadedCell> cells, Map<Place, String> unreadable, Set<Place> generatorReports) {

	static Run read(RunFiles files) throws IOException {
		Manifest manifest = files.readManifest();
		List<LoadedCell> cells = new ArrayList<>();
		Map<Place, String> unreadable = new LinkedHashMap<>();
		Map<String, LoadedCell> firsts = new LinkedHashMap<>();
		Set<Place> generatorReports = new LinkedHashSet<>();
		for (Place place : files.cells()) {
			CellFiles cellFiles = files.cell(place.experiment(), place.lane(), place.fork());
			if (Files.isRegularFile(cellFiles.gatling().resolve("index.html"))) {
				generatorReports.add(place);
			}
			try {
				LoadedCell cell = cellFiles.read();
				LoadedCell first = firsts.computeIfAbsent(place.experiment(), (id) -> cell);
				String difference = difference(place, cell.cell(), first.cell());
				if (difference.isEmpty()) {
					cells.add(cell);
				}
				else {
					unreadable.put(place, difference);
				}
			}
			catch (BrokenFileException ex) {
				unreadable.put(place, String.valueOf(ex.getMessage()));
			}
		}
		return new Run(manifest, cells, unreadable, generatorReports);
	}

	private static String difference(Place place, Cell cell, Cell first) {
		if (!place.equals(new Place(cell.experiment(), cell.lane(), cell.fork()))) {
			return "cell.json: it belongs to %s/%s/%s".formatted(cell.experiment(), cell.lane(), cell.fork());
		}
		// Cells are set side by side, so that they must have been asked for the same.
		if (!cell.parameters().equals(first.parameters()) || !cell.steps().equals(first.steps())
				|| !cell.settings().equals(first.settings())) {
			return "cell.json: it was asked for other steps, parameters or settings than %s/%s/%s"
				.formatted(first.experiment(), first.lane(), first.fork());
		}
		return "";
	}

	List<Experiment> experiments() {
		return Catalogue.experiments()
			.stream()
			.filter((experiment) -> this.cells.stream()
				.anyMatch((cell) -> cell.experiment().id().equals(experiment.id())))
			.toList();
	}

}
