package dev.threelanes.runner;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.threelanes.experiments.Contender;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Settings;
import dev.threelanes.experiments.Setup;
import dev.threelanes.report.cell.Metric;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the runner reads of a lane, from real ones.
 */
class ScrapedMetricTests {

	// Below 32,768, where Linux begins to give ports to outgoing connections.
	private static final Ports PORTS = new Ports(ThreadLocalRandom.current().nextInt(20_000, 30_000));

	@ParameterizedTest
	@EnumSource
	void whoAsksForSomeFiguresIsToldTheseAndNoOthers(Lane lane, @TempDir Path folder) throws Exception {
		try (LaneProcess process = LaneProcess.start(
				Contender.of(lane).with(Setup.AS_ALL.withFlag("-XX:TieredStopAtLevel=1")),
				SmokeRun.INSTALLATION.lane(lane), PORTS, Settings.ALIGNED, new Parameters(100, 200),
				Database.ofRun(PORTS), List.of(), "", folder.resolve("lane.log"))) {
			URI metrics = process.metrics().getFirst();
			// A request, so that there is a count of them.
			process.identity();
			String all = Http.get(metrics);
			String some = Http.get(ScrapedMetric.only(metrics, ScrapedMetric.LANE_AND_ITS_PROCESS));
			List<Metric> told = told(all);
			assertThat(told).contains(Metric.THREADS_LIVE, Metric.SERVER_COUNT, Metric.IN_FLIGHT,
					Metric.ALLOCATED_BYTES, Metric.LANE_CPU_MILLIS, Metric.COMPILATION_MILLIS);
			assertThat(told(some)).containsAll(told);
			assertThat(all).contains("\nlogback_events_total", "\njvm_classes_loaded_classes");
			assertThat(some).doesNotContain("jvm_classes", "system_cpu").hasSizeLessThan(all.length() / 2);
		}
	}

	private static List<Metric> told(String text) {
		PrometheusText scraped = PrometheusText.parse(text);
		return ScrapedMetric.LANE_AND_ITS_PROCESS.stream()
			.filter((figure) -> figure.read(scraped).isPresent())
			.map(ScrapedMetric::metric)
			.toList();
	}

}
