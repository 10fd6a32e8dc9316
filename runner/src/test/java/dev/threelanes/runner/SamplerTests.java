package dev.threelanes.runner;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.Sample;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SamplerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Test
	void whenTheClockIsSetBackGoesOnInOrder() {
		AtomicReference<Duration> set = new AtomicReference<>(Duration.ZERO);
		long own = ProcessHandle.current().pid();
		// Nothing answers there: what cannot be had is absent.
		Sampler.Watched watched = new Sampler.Watched(List.of(own), own, own, List.of(),
				LaneProcess.loopback(1, "/metrics"));
		Sampler sampler = Sampler.start(watched, SteadyClock.from(() -> Instant.now().plus(set.get())));
		try (sampler) {
			await().atMost(TIMEOUT).until(() -> !sampler.samples().isEmpty());
			set.set(Duration.ofHours(-1));
			int before = sampler.samples().size();
			await().atMost(TIMEOUT).until(() -> sampler.samples().size() >= before + 2);
		}
		assertThat(sampler.samples()).extracting(Sample::epochMillis).isSorted().doesNotHaveDuplicates();
		assertThat(sampler.samples())
			.allSatisfy((sample) -> assertThat(sample.value(Metric.LANE_CPU_MILLIS)).isPresent());
	}

}
