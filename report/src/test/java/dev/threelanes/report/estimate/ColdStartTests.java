package dev.threelanes.report.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import dev.threelanes.report.cell.CellStep;
import dev.threelanes.report.cell.LoadedStep;
import dev.threelanes.report.cell.StepRecord;
import dev.threelanes.report.cell.Timeline;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ColdStartTests {

	/** Half seconds. */
	private static final int SLICES = 24;

	@Test
	void steadyFromTheBeginningTakesNoTime() {
		ColdStart start = of(step((slice) -> 50, (slice) -> 20));
		assertThat(start.throughputMillis()).isZero();
		assertThat(start.latencyMillis()).isZero();
		assertThat(start.steadyRps()).isEqualTo(100);
		assertThat(start.steadyMs()).isCloseTo(20, within(1e-9));
	}

	@Test
	void eachFigureHasATimeOfItsOwn() {
		ColdStart start = of(step((slice) -> (slice < 2) ? 40 : 50, (slice) -> (slice < 7) ? 90 - slice : 20));
		assertThat(start.throughputMillis()).isEqualTo(1000);
		assertThat(start.latencyMillis()).isEqualTo(3500);
	}

	@Test
	void withinFivePercentIsThere() {
		ColdStart start = of(step((slice) -> (slice < 4) ? 48 : 50, (slice) -> (slice < 4) ? 20.9 : 20));
		assertThat(start.throughputMillis()).isZero();
		assertThat(start.latencyMillis()).isZero();
	}

	@Test
	void aSingleSlowSliceIsNoRelapseButTwoAre() {
		ColdStart one = of(step((slice) -> 50, (slice) -> (slice < 3 || slice == 9) ? 60 : 20));
		ColdStart two = of(step((slice) -> 50, (slice) -> (slice < 3 || slice == 9 || slice == 10) ? 60 : 20));
		assertThat(one).extracting(ColdStart::latencyMillis).isEqualTo(1500.0);
		assertThat(two).extracting(ColdStart::latencyMillis).isEqualTo(5500.0);
	}

	@Test
	void whatHasNotComeInTwoThirdsIsAbsent() {
		ColdStart start = of(step((slice) -> 50, (slice) -> 100 - 3 * slice));
		assertThat(start.latencyMillis()).isNull();
		assertThat(start.throughputMillis()).isZero();
	}

	@Test
	void withoutAnswersAtTheEndThereIsNothingToTell() {
		assertThat(ColdStart.of(step((slice) -> (slice < 8) ? 50 : 0, (slice) -> 20))).isNull();
	}

	private static ColdStart of(LoadedStep step) {
		return Objects.requireNonNull(ColdStart.of(step));
	}

	private static LoadedStep step(IntFunction<Integer> answers, IntFunction<Number> latencyMs) {
		List<Timeline.Bin> bins = new ArrayList<>();
		IntStream.range(0, SLICES).forEach((slice) -> {
			int count = answers.apply(slice);
			long micros = Math.round(count * latencyMs.apply(slice).doubleValue() * 1000);
			bins.add(new Timeline.Bin(slice * 50, count, 0, 0, count, micros));
			// Answered 20 ms later, and 20.9 and 60 ms are in the same slice.
			bins.add(new Timeline.Bin(slice * 50 + 10, 0, count, 0, 0, 0));
		});
		return new LoadedStep(new CellStep("cold start", 100.0, 100.0, null, SLICES * 500L, null, null),
				new StepRecord("cold start", 0, 0, 0, 0, 0, 0, 0), new Timeline(bins), new Histogram(3), Map.of(),
				new Histogram(3), new Histogram(3), List.of());
	}

}
