package dev.threelanes.report.cell;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the generator counted in one step: a row of {@code steps.csv}.
 *
 * @param step the step's name
 * @param startedAtEpochMillis when the first request started; where generators shared the
 * load, when all of them began
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

	/**
	 * What two generators that shared a step counted together.
	 * @param other what the other counted
	 * @return the sums; of the times the earliest and the latest, and of the garbage
	 * collectors the one that took longer, since neither stands still for the other
	 */
	StepRecord and(StepRecord other) {
		return new StepRecord(this.step, Math.min(this.startedAtEpochMillis, other.startedAtEpochMillis),
				Math.max(this.lastStartEpochMillis, other.lastStartEpochMillis),
				Math.max(this.lastAnswerEpochMillis, other.lastAnswerEpochMillis), this.started + other.started,
				this.answered + other.answered, this.failed + other.failed,
				Math.max(this.generatorGcMillis, other.generatorGcMillis));
	}

	static Map<String, StepRecord> read(Content content) throws BrokenFileException {
		Map<String, StepRecord> records = new LinkedHashMap<>();
		for (Csv.Row row : Csv.read(content, HEADER).rows()) {
			StepRecord step = new StepRecord(row.text(0), row.integer(1), row.integer(2), row.integer(3),
					row.integer(4), row.integer(5), row.integer(6), row.integer(7));
			if (records.put(step.step(), step) != null) {
				throw new BrokenFileException(content.file(), "the step '%s' occurs twice".formatted(step.step()));
			}
		}
		return records;
	}

}
