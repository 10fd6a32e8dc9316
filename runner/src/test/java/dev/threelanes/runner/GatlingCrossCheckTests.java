package dev.threelanes.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.cell.CellFiles;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.RunFiles;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the project's own record against what Gatling itself reports of the same run: two
 * clocks, two ways to count.
 */
@Timeout(600)
class GatlingCrossCheckTests {

	/** Fewer answers than this, and a percentile is one of them at random. */
	private static final int ENOUGH = 90;

	private static final Pattern ROW = Pattern.compile("class=\"ellipsed-name\">([^<]+)</span>(.*?)</tr>",
			Pattern.DOTALL);

	private static final Pattern VALUE = Pattern.compile("<td class=\"value (?:total|ok|ko) col-\\d+\">([^<]*)</td>");

	@ParameterizedTest
	@EnumSource(Lane.class)
	void countsAndPercentilesAgree(Lane lane) throws Exception {
		CellFiles cell = new RunFiles(SmokeRun.healthy().folder()).cell("slow-call", lane.id(), 1);
		Map<String, Row> rows = rows(cell.gatling().resolve("index.html"));
		List<LoadedStep> steps = cell.read().steps();
		assertThat(steps).isNotEmpty();
		for (LoadedStep step : steps) {
			assertThat(rows).containsKey(step.step().name());
			Row row = Objects.requireNonNull(rows.get(step.step().name()));
			assertThat(row.requests()).as(step.step().name()).isEqualTo(step.record().started());
			assertThat(row.answered()).as(step.step().name()).isEqualTo(step.record().answered());
			assertThat(row.failed()).as(step.step().name()).isEqualTo(step.record().failed());
			if (step.record().answered() >= ENOUGH) {
				row.percentiles()
					.forEach((percentile, millis) -> assertThat(millis).as("p%s of %s", percentile, step.step().name())
						.isBetween(millis(step, percentile, -1) - tolerance(millis),
								millis(step, percentile, 1) + tolerance(millis)));
			}
		}
	}

	// Within 1 ms or 1 %.
	private static double tolerance(double millis) {
		return Math.max(1, 0.01 * millis);
	}

	// A percentile of few answers that come in waves lies between two of them, and two
	// ways to interpolate differ by up to a rank and a half.
	private static double millis(LoadedStep step, double percentile, int side) {
		double ranks = 100 * 1.5 / step.latency().getTotalCount();
		return step.latency().getValueAtPercentile(Math.clamp(percentile + side * ranks, 0, 100)) / 1000.0;
	}

	// The columns: requests, answered, failed, % failed, a second, min, 50th, 75th, 95th,
	// 99th, max, mean, deviation.
	private static Map<String, Row> rows(Path page) throws Exception {
		Map<String, Row> rows = new LinkedHashMap<>();
		Matcher matcher = ROW.matcher(Files.readString(page));
		while (matcher.find()) {
			List<String> values = VALUE.matcher(matcher.group(2))
				.results()
				.map((MatchResult value) -> value.group(1))
				.toList();
			if (values.size() == 13) {
				rows.put(matcher.group(1).strip(),
						new Row(Long.parseLong(values.get(0)), Long.parseLong(values.get(1)),
								Long.parseLong(values.get(2)),
								Map.of(50.0, Double.parseDouble(values.get(6)), 75.0, Double.parseDouble(values.get(7)),
										95.0, Double.parseDouble(values.get(8)), 99.0,
										Double.parseDouble(values.get(9)))));
			}
		}
		return rows;
	}

	/**
	 * What Gatling says of a request.
	 *
	 * @param requests how many there were
	 * @param answered how many were answered
	 * @param failed how many failed
	 * @param percentiles latencies by percentile, in milliseconds
	 */
	private record Row(long requests, long answered, long failed, Map<Double, Double> percentiles) {
	}

}
