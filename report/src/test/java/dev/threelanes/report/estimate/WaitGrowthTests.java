package dev.threelanes.report.estimate;

import java.util.List;
import java.util.stream.IntStream;

import dev.threelanes.report.cell.Timeline;
import dev.threelanes.report.cell.Timeline.Bin;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class WaitGrowthTests {

	@Test
	void isTheSlopeOfLatencyAgainstTheStart() {
		// 0.5 s at first, half a second more in each second; bins of different weight.
		List<Bin> bins = IntStream.range(0, 400).mapToObj((index) -> {
			long requests = 1 + index % 3;
			double start = (index + 0.5) * 0.01;
			return new Bin(index, requests, 0, 0, requests, Math.round(requests * (0.5 + 0.5 * start) * 1e6));
		}).toList();
		assertThat(WaitGrowth.of(new Timeline(bins))).isCloseTo(0.5, within(1e-4));
	}

	@Test
	void isAbsentWithoutTwoBinsOfAnswers() {
		assertThat(WaitGrowth.of(new Timeline(List.of()))).isNull();
		assertThat(WaitGrowth.of(new Timeline(List.of(new Bin(0, 3, 0, 0, 3, 1500))))).isNull();
		assertThat(WaitGrowth.of(new Timeline(List.of(new Bin(0, 3, 0, 0, 3, 1500), new Bin(1, 3, 0, 3, 0, 0)))))
			.isNull();
	}

}
