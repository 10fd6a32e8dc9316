package dev.threelanes.gatling;

import java.time.Duration;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class HeartbeatTests {

	@Test
	void beatsAHundredTimesASecond() throws Exception {
		try (Heartbeat heartbeat = Heartbeat.start()) {
			long from = System.nanoTime();
			// Time itself is tested.
			Thread.sleep(1000);
			Histogram lateness = heartbeat.lateness(from, System.nanoTime());
			// A late beat stands for those that it kept from happening.
			assertThat(lateness.getTotalCount()).isBetween(60L, 140L);
			assertThat(heartbeat.lateness(from - 2_000_000_000L, from - 1_000_000_000L).getTotalCount()).isZero();
		}
	}

	@Test
	void countsTheCollector() {
		try (Heartbeat heartbeat = Heartbeat.start()) {
			long started = System.nanoTime();
			await().until(() -> heartbeat.lateness(started, System.nanoTime()).getTotalCount() > 0);
			long from = System.nanoTime();
			// One collection may be shorter than the millisecond that collectors count
			// in.
			await().atMost(Duration.ofSeconds(30)).pollDelay(Duration.ZERO).until(() -> {
				System.gc();
				return heartbeat.collectionMillis(from, System.nanoTime()) > 0;
			});
		}
	}

}
