package dev.threelanes.report.cell;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.HdrHistogram.Histogram;

/**
 * The record of one of several load generators that shared a load.
 *
 * @param files where it lies
 * @param number the generator's number, from 0
 * @param processors how many processors it could use
 * @param steps what it counted, by the step's name
 * @param startLags how late its requests started, by the step's tag
 * @param heartbeats how late it was woken, by the step's tag
 * @param cpuMillis its CPU time; empty if nobody sampled it
 */
record InjectorRecord(CellFiles files, int number, int processors, Map<String, StepRecord> steps,
		Map<String, Histogram> startLags, Map<String, Histogram> heartbeats, Series cpuMillis) {

	private static final String HEADER = "injectors,injector,processors";

	/**
	 * Reads the records of all generators that shared a load.
	 * @param cell the cell
	 * @param contents what its files hold
	 * @param injectors how many there were
	 * @return their records, by their numbers
	 * @throws BrokenFileException if one is missing, broken, or does not belong to the
	 * others
	 */
	static List<InjectorRecord> readAll(CellFiles cell, Contents contents, int injectors) throws BrokenFileException {
		List<InjectorRecord> records = new ArrayList<>();
		for (int number = 0; number < injectors; number++) {
			records.add(read(cell.injector(number), contents, number, injectors));
		}
		if (Files.exists(cell.injector(injectors).folder())) {
			throw new BrokenFileException(cell.injector(injectors).folder(),
					"it is one too many: %d injectors shared the load".formatted(injectors));
		}
		return records;
	}

	/**
	 * How many generators shared a load, as the first of them says.
	 * @param cell the cell
	 * @return the number of injectors
	 * @throws BrokenFileException if it does not say so
	 */
	static int count(CellFiles cell) throws BrokenFileException {
		return row(Content.of(cell.injector(0).injector())).whole(0);
	}

	/**
	 * What it recorded of a step.
	 * @param name the step's name
	 * @return the record, or nothing if none of its users came in it
	 */
	Optional<InjectorStep> step(String name) {
		String tag = HistogramLog.tag(name);
		return Optional.ofNullable(this.steps.get(name))
			.map((record) -> new InjectorStep(this.number, record, this.startLags.getOrDefault(tag, new Histogram(3)),
					this.heartbeats.getOrDefault(tag, new Histogram(3)), this.processors, this.cpuMillis));
	}

	private static InjectorRecord read(CellFiles files, Contents contents, int number, int injectors)
			throws BrokenFileException {
		Csv.Row row = row(contents.of(files.injector()));
		if (row.whole(0) != injectors || row.whole(1) != number) {
			throw new BrokenFileException(files.injector(), "it is of injector %d of %d, not of injector %d of %d"
				.formatted(row.whole(1), row.whole(0), number, injectors));
		}
		Series cpu = Files.exists(files.samples())
				? Samples.read(contents.of(files.samples())).series(Metric.GENERATOR_CPU_MILLIS)
				: new Series(new long[0], new double[0]);
		return new InjectorRecord(files, number, row.whole(2),
				new LinkedHashMap<>(StepRecord.read(contents.of(files.steps()))),
				HistogramLog.readPacked(contents.of(files.startLag())),
				HistogramLog.readPacked(contents.of(files.heartbeat())), cpu);
	}

	private static Csv.Row row(Content content) throws BrokenFileException {
		List<Csv.Row> rows = Csv.read(content, HEADER).rows();
		if (rows.size() != 1) {
			throw new BrokenFileException(content.file(), "it has %d rows, not one".formatted(rows.size()));
		}
		return rows.getFirst();
	}

}
