package dev.threelanes.runner;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SteadyClockTests {

	private static final Instant BEGIN = Instant.parse("2026-03-29T00:59:59Z");

	private Instant wall = BEGIN;

	private long nanos = -42;

	@SuppressWarnings("NullAway.Init")
	private SteadyClock clock;

	@BeforeEach
	void read() {
		this.clock = new SteadyClock(() -> this.wall, () -> this.nanos);
	}

	@Test
	void goesOnFromTheWallClock() {
		pass(Duration.ofMillis(1500));
		assertThat(this.clock.instant()).isEqualTo(BEGIN.plusMillis(1500));
		assertThat(this.clock.millis()).isEqualTo(BEGIN.toEpochMilli() + 1500);
		assertThat(this.clock.set()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(longs = { -3600, -2, 2, 3600 })
	void whenTheWallClockIsSetGoesOnAndTells(long seconds) {
		pass(Duration.ofSeconds(10));
		this.wall = this.wall.plusSeconds(seconds);
		pass(Duration.ofSeconds(10));
		assertThat(this.clock.instant()).isEqualTo(BEGIN.plusSeconds(20));
		assertThat(this.clock.set()).hasValue(Duration.ofSeconds(seconds));
	}

	@Test
	void whatAClockDriftsIsNotToldOf() {
		pass(Duration.ofHours(2));
		this.wall = this.wall.minusMillis(3600);
		assertThat(this.clock.set()).isEmpty();
	}

	private void pass(Duration time) {
		this.wall = this.wall.plus(time);
		this.nanos += time.toNanos();
	}

}
