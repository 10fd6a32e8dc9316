package dev.threelanes.report.cell;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the generator counted in one step: a row of {@code steps.csv}.
 *
 * @param step the step's name
 * @param startedAtEpochMillis when the first request started
 * @param lastStartEpochMillis when the last request started
 * @param lastAnswerEpochMillis when the last answer arrived
 * @param started requests started
 * @param answered requests answered correctly
 * @param failed requests that failed
 * @param generatorGcMillis the time of the generator's garbage collector, in milliseconds
 */
public record StepRecord(String step, long startedAtEpochMillis, long lastStartEpochMillis, long lastAnswerEpochMillis,
		long started, long answered, long failed, long generatorGcMillis) {

	static final String HEADER = "step,startedAtEpochMillis,lastStartEpochMillis,"
			+ "lastAnswerEpochMillis,started,answered,failed,generatorGcMillis";

	static Map<String, StepRecord> read(Path file) throws BrokenFileException {
		Map<String, StepRecord> records = new LinkedHashMap<>();
		for (Csv.Row row : Csv.read(file, HEADER).rows()) {
			StepRecord step = new StepRecord(row.text(0), row.integer(1), row.integer(2), row.integer(3),
					row.integer(4), row.integer(5), row.integer(6), row.integer(7));
			if (records.put(step.step(), step) != null) {
				throw new BrokenFileException(file, "the step '%s' occurs twice".formatted(step.step()));
			}
		}
		return records;
	}

}
