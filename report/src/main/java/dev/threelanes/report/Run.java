package dev.threelanes.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.report.cell.BrokenFileException;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.Checksums;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.Manifest;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.cell.RunFiles.Place;
import org.jspecify.annotations.Nullable;

/**
 * A run as it lies on the disk.
 *
 * @param manifest what it was
 * @param cells the cells that could be read, by experiment, lane and fork
 * @param unreadable why the other cells could not be read, by where they lie
 * @param generatorReports the pages of the load generators' own by the cell, as paths
 * inside its folder
 */
record Run(Manifest manifest, List<LoadedCell> cells, Map<Place, String> unreadable,
		Map<Place, List<String>> generatorReports) {

	static Run read(RunFiles files) throws IOException {
		Manifest manifest = files.readManifest();
		List<Found> found = files.cells().parallelStream().map((place) -> Found.at(place, files, manifest)).toList();
		List<LoadedCell> cells = new ArrayList<>();
		Map<Place, String> unreadable = new LinkedHashMap<>();
		Map<Place, List<String>> generatorReports = new LinkedHashMap<>();
		for (Found one : found) {
			if (!one.generatorReports().isEmpty()) {
				generatorReports.put(one.place(), one.generatorReports());
			}
			if (one.cell() != null) {
				cells.add(one.cell());
			}
			else {
				unreadable.put(one.place(), String.valueOf(one.problem()));
			}
		}
		return new Run(manifest, cells, unreadable, generatorReports);
	}

	private static void requireListed(Manifest manifest, Place place, CellFiles files) throws BrokenFileException {
		String sum = manifest.cells().get(place.toString());
		// A run that was killed may not have listed its last cell any more.
		if (sum == null && manifest.complete()) {
			throw new BrokenFileException(files.cell(), "manifest.json does not list the cell");
		}
		if (sum != null && !sum.equals(sum(files.cell()))) {
			throw new BrokenFileException(files.cell(),
					"it was changed after it was measured: its SHA-256 is not the one in manifest.json");
		}
	}

	private static String sum(Path file) throws BrokenFileException {
		try {
			return Checksums.of(file);
		}
		catch (IOException ex) {
			throw new BrokenFileException(file, "it cannot be read", ex);
		}
	}

	List<Experiment> experiments() {
		return Catalogue.experiments()
			.stream()
			.filter((experiment) -> this.cells.stream()
				.anyMatch((cell) -> cell.experiment().id().equals(experiment.id())))
			.toList();
	}

	/**
	 * What was found at the place of a cell.
	 *
	 * @param place the place
	 * @param cell the cell, or {@code null} if it cannot be read
	 * @param problem why it cannot be read, or {@code null} if it can
	 * @param generatorReports the pages of the load generators' own that lie there
	 */
	private record Found(Place place, @Nullable LoadedCell cell, @Nullable String problem,
			List<String> generatorReports) {

		static Found at(Place place, RunFiles files, Manifest manifest) {
			CellFiles cellFiles = files.cell(place.experiment(), place.lane(), place.fork());
			List<String> reports = cellFiles.gatlingPages();
			try {
				LoadedCell cell = cellFiles.read();
				requireListed(manifest, place, cellFiles);
				Place own = new Place(cell.cell().experiment(), cell.cell().lane(), cell.cell().fork());
				return place.equals(own) ? new Found(place, cell, null, reports)
						: new Found(place, null, "cell.json: it belongs to " + own, reports);
			}
			catch (BrokenFileException ex) {
				return new Found(place, null, ex.getMessage(), reports);
			}
		}

	}

}
