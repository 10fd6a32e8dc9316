package dev.threelanes.report.estimate;

import java.util.List;
import java.util.stream.IntStream;

import dev.threelanes.report.cell.Timeline;
import dev.threelanes.report.cell.Timeline.Bin;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class WindowTests {

	@Test
	void isAWholeNumberOfServiceTimesLong() {
		Window window = Window.of(0.52, 6);
		assertThat(window.fromSeconds()).isEqualTo(0.52);
		assertThat((window.toSeconds() - window.fromSeconds()) / 0.52).isCloseTo(10, within(1e-9));
		assertThat(window.toSeconds()).isLessThanOrEqualTo(6);
	}

	@Test
	void aStepOfWholePeriodsLosesNoneToRounding() {
		assertThat(Window.of(0.1, 0.3).toSeconds()).isCloseTo(0.3, within(1e-9));
	}

	@Test
	void inAShortStepIsAsLongAsTheStep() {
		assertThat(Window.of(2, 3)).isEqualTo(new Window(2, 5));
	}

	@Test
	void countsBinsByTheirShare() {
		Timeline timeline = new Timeline(
				List.of(bin(99, 1000), bin(100, 10), bin(101, 10), bin(199, 8), bin(200, 1000)));
		assertThat(new Window(1, 2).goodputRps(timeline)).isCloseTo(28, within(1e-6));
		assertThat(new Window(1.005, 2.005).goodputRps(timeline)).isCloseTo(5 + 10 + 8 + 500, within(1e-6));
	}

	@Test
	void servedWavesAreCountedWithoutBias() {
		// 200 answers every 0.5 s: 400 a second, wherever a step ends inside a wave.
		List<Bin> waves = IntStream.rangeClosed(1, 20).mapToObj((wave) -> bin(50 * wave, 200)).toList();
		for (double seconds = 3; seconds < 4; seconds += 0.1) {
			assertThat(Window.of(0.5, seconds).goodputRps(new Timeline(waves))).isCloseTo(400, within(1e-6));
		}
	}

	@Test
	void theLateWindowIsAWholeNumberOfServiceTimesInTheSecondHalf() {
		Window window = Window.late(0.25, 6);
		assertThat(window.fromSeconds()).isEqualTo(3);
		assertThat(window.toSeconds()).isCloseTo(6, within(1e-9));
		assertThat(Window.late(0.8, 6).seconds()).isCloseTo(2.4, within(1e-9));
		assertThat(Window.late(2, 3)).isEqualTo(new Window(1.5, 3));
	}

	private static Bin bin(int index, long answered) {
		return new Bin(index, 0, answered, 0, 0, 0);
	}

}
