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
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.Checksums;
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
		Set<Place> generatorReports = new LinkedHashSet<>();
		for (Place place : files.cells()) {
			CellFiles cellFiles = files.cell(place.experiment(), place.lane(), place.fork());
			if (Files.isRegularFile(cellFiles.gatling().resolve("index.html"))) {
				generatorReports.add(place);
			}
			try {
				LoadedCell cell = cellFiles.read();
				requireListed(manifest, place, cellFiles);
				if (place.equals(new Place(cell.cell().experiment(), cell.cell().lane(), cell.cell().fork()))) {
					cells.add(cell);
				}
				else {
					unreadable.put(place, "cell.json: it belongs to %s/%s/%s".formatted(cell.cell().experiment(),
							cell.cell().lane(), cell.cell().fork()));
				}
			}
			catch (BrokenFileException ex) {
				unreadable.put(place, String.valueOf(ex.getMessage()));
			}
		}
		return new Run(manifest, cells, unreadable, generatorReports);
	}

	private static void requireListed(Manifest manifest, Place place, CellFiles files) throws IOException {
		String sum = manifest.cells().get(place.toString());
		// A run that was killed may not have listed its last cell any more.
		if (sum == null && manifest.complete()) {
			throw new BrokenFileException(files.cell(), "manifest.json does not list the cell");
		}
		if (sum != null && !sum.equals(Checksums.of(files.cell()))) {
			throw new BrokenFileException(files.cell(),
					"it was changed after it was measured: its SHA-256 is not the one in manifest.json");
		}
	}

	List<Experiment> experiments() {
		return Catalogue.experiments()
			.stream()
			.filter((experiment) -> this.cells.stream()
				.anyMatch((cell) -> cell.experiment().id().equals(experiment.id())))
			.toList();
	}

}
