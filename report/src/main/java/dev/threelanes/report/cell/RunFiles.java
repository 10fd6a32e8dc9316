package dev.threelanes.report.cell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the files of one run lie.
 *
 * @param folder the run's folder
 */
public record RunFiles(Path folder) {

	/**
	 * What the run was.
	 * @return the file
	 */
	public Path manifest() {
		return this.folder.resolve("manifest.json");
	}

	/**
	 * The results for machines.
	 * @return the file
	 */
	public Path results() {
		return this.folder.resolve("results.json");
	}

	/**
	 * The results for people.
	 * @return the file
	 */
	public Path page() {
		return this.folder.resolve("index.html");
	}

	/**
	 * Reads what the run was.
	 * @return the manifest
	 * @throws BrokenFileException if it is missing, truncated or of another schema
	 */
	public Manifest readManifest() throws BrokenFileException {
		return Json.read(manifest(), Manifest.class, Manifest.SCHEMA);
	}

	/**
	 * The place of a complete cell.
	 * @param experiment the experiment's name
	 * @param lane the lane's name
	 * @param fork the number of the fresh start
	 * @return its files
	 */
	public CellFiles cell(String experiment, String lane, int fork) {
		return new CellFiles(lane(experiment, lane).resolve(Integer.toString(fork)));
	}

	/**
	 * The place of a cell that is still being written, in the same folder, so that it can
	 * be {@linkplain CellFiles#publish(CellFiles) moved} in one go. Readers pass it over.
	 * @param experiment the experiment's name
	 * @param lane the lane's name
	 * @param fork the number of the fresh start
	 * @return its files
	 */
	public CellFiles unfinishedCell(String experiment, String lane, int fork) {
		return new CellFiles(lane(experiment, lane).resolve("." + fork + ".part"));
	}

	/**
	 * Where a measurement is kept that was spoilt and made again.
	 * @param place the cell
	 * @param attempt the number of the spoilt measurement, from 1
	 * @return its files
	 */
	public CellFiles spoiltCell(Place place, int attempt) {
		return new CellFiles(this.folder.resolve("spoilt")
			.resolve(requireName(place.experiment()))
			.resolve(requireName(place.lane()))
			.resolve("%d-%d".formatted(place.fork(), attempt)));
	}

	/**
	 * All complete cells, whether or not they can be read, by experiment, lane and fork.
	 * @return where they lie
	 * @throws IOException if the folder cannot be read
	 */
	public List<Place> cells() throws IOException {
		List<Place> places = new ArrayList<>();
		for (Path experiment : folders(this.folder.resolve("cells"))) {
			for (Path lane : folders(experiment)) {
				for (Path fork : folders(lane)) {
					if (name(fork).matches("[1-9][0-9]{0,5}")) {
						places.add(new Place(name(experiment), name(lane), Integer.parseInt(name(fork))));
					}
				}
			}
		}
		places.sort(Comparator.comparing(Place::experiment).thenComparing(Place::lane).thenComparing(Place::fork));
		return places;
	}

	private Path lane(String experiment, String lane) {
		return this.folder.resolve("cells").resolve(requireName(experiment)).resolve(requireName(lane));
	}

	private static String requireName(String name) {
		if (name.isEmpty() || name.startsWith(".") || name.contains("/") || name.contains("\\")) {
			throw new IllegalArgumentException("'%s' cannot be the name of a folder".formatted(name));
		}
		return name;
	}

	private static List<Path> folders(Path folder) throws IOException {
		if (!Files.isDirectory(folder)) {
			return List.of();
		}
		try (Stream<Path> children = Files.list(folder)) {
			return children.filter(Files::isDirectory).filter((child) -> !name(child).startsWith(".")).toList();
		}
	}

	private static String name(Path path) {
		return String.valueOf(path.getFileName());
	}

	/**
	 * Which cell a folder belongs to.
	 *
	 * @param experiment the experiment's name
	 * @param lane the lane's name
	 * @param fork the number of the fresh start
	 */
	public record Place(String experiment, String lane, int fork) {

		@Override
		public String toString() {
			return "%s/%s/%s".formatted(this.experiment, this.lane, this.fork);
		}

	}

}
