package dev.threelanes.report.cell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One wake-up of a step of waiting: a row of {@code wake-ups.csv}.
 *
 * @param wake how many were to be woken, or {@code all}
 * @param sentAtEpochMillis when it was sent
 * @param counted how many the lane said that it woke; absent if it did not say
 * @param received how many who waited were answered with its event
 * @param lastMicros from its sending to the last of these answers, in microseconds; 0 if
 * there is none
 */
public record WakeUp(String wake, long sentAtEpochMillis, @Nullable Long counted, long received, long lastMicros) {

	static final String HEADER = "step,wake,sentAtEpochMillis,counted,received,lastMicros";

	static Map<String, List<WakeUp>> read(Content content) throws BrokenFileException {
		Map<String, List<WakeUp>> wakeUps = new LinkedHashMap<>();
		for (Csv.Row row : Csv.read(content, HEADER).rows()) {
			wakeUps.computeIfAbsent(row.text(0), (step) -> new ArrayList<>())
				.add(new WakeUp(row.text(1), row.integer(2), row.blank(3) ? null : row.integer(3), row.integer(4),
						row.integer(5)));
		}
		return wakeUps;
	}

}
