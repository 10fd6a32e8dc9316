package dev.threelanes.gatling;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeartbeatTests {

	@Test
	void beatsAHundredTimesASecond() throws Exception {
		try (Heartbeat heartbeat = Heartbeat.start()) {
			long from = System.nanoTime();
			Thread.sleep(1000);
			Histogram lateness = heartbeat.lateness(from, System.nanoTime());
			// A late beat stands for those that it kept from happening.
			assertThat(lateness.getTotalCount()).isBetween(60L, 140L);
			assertThat(heartbeat.lateness(from - 2_000_000_000L, from - 1_000_000_000L).getTotalCount()).isZero();
		}
	}

	@Test
	void countsTheCollector() throws Exception {
		try (Heartbeat heartbeat = Heartbeat.start()) {
			Thread.sleep(100);
			long from = System.nanoTime();
			long deadline = from + 30_000_000_000L;
			long collected = 0;
			while (collected == 0 && System.nanoTime() < deadline) {
				System.gc();
				Thread.sleep(50);
				collected = heartbeat.collectionMillis(from, System.nanoTime());
			}
			assertThat(collected).isPositive();
		}
	}

}
