package dev.threelanes.experiments;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BandTests {

	@Test
	void takesTheLargerOfShareAndDistance() {
		Band band = new Band(0.05, 2);
		assertThat(band.tolerance(20)).isEqualTo(2);
		assertThat(band.tolerance(500)).isEqualTo(25);
	}

	@Test
	void aBandWithoutWidthIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Band(0, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> new Band(-0.1, 1));
	}

}
