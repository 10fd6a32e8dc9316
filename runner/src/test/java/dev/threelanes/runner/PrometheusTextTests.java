package dev.threelanes.runner;

import java.util.List;
import java.util.OptionalDouble;

import dev.threelanes.report.cell.Metric;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PrometheusTextTests {

	private final PrometheusText scraped = PrometheusText.parse("""
			# HELP jvm_memory_used_bytes The amount of used memory
			# TYPE jvm_memory_used_bytes gauge
			jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 4.0E7
			jvm_memory_used_bytes{area="heap",id="G1 Old Gen"} 2.5E7
			jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 5.0E7

			jvm_threads_live_threads 51.0
			jvm_gc_live_data_size_bytes 0.0
			tomcat_threads_busy_threads{name="http-nio-8083"} -1.0
			odd{path="a}b c"} 3 1700000000
			broken{le="+Inf"} NaN
			nothing
			""");

	@Test
	void addsUpWhatTheLabelsSelect() {
		assertThat(this.scraped.sum("jvm_memory_used_bytes", "area=\"heap\"")).hasValue(6.5e7);
		assertThat(this.scraped.sum("jvm_memory_used_bytes")).hasValue(1.15e8);
		assertThat(this.scraped.sum("jvm_threads_live_threads")).hasValue(51);
	}

	@Test
	void readsLabelsWithBracesAndTimeStamps() {
		assertThat(this.scraped.sum("odd")).hasValue(3);
	}

	@Test
	void whatIsNotThereIsAbsentAndNotZero() {
		assertThat(this.scraped.sum("jvm_threads_live")).isEmpty();
		assertThat(this.scraped.sum("broken")).isEmpty();
		assertThat(this.scraped.sum("jvm_memory_used_bytes", "area=\"direct\"")).isEmpty();
	}

	@Test
	void whatSaysThatItDoesNotExistIsAbsent() {
		assertThat(read(Metric.TOMCAT_BUSY)).isNull();
		assertThat(read(Metric.HEAP_LIVE_BYTES)).isNull();
		assertThat(read(Metric.THREADS_LIVE)).isEqualTo(51);
	}

	@Test
	void severalProcessesGiveTheSumOrNothing() {
		PrometheusText other = PrometheusText.parse("""
				jvm_threads_live_threads 30
				jvm_threads_peak_threads 31
				jvm_gc_pause_seconds_count 4
				""");
		assertThat(sum(Metric.THREADS_LIVE, this.scraped, other)).hasValue(81);
		assertThat(sum(Metric.HEAP_USED_BYTES, this.scraped, other)).isEmpty();
		assertThat(sum(Metric.THREADS_PEAK, other, other)).isEmpty();
		assertThat(sum(Metric.THREADS_PEAK, other)).hasValue(31);
		// One has not collected yet.
		assertThat(sum(Metric.GC_COUNT, this.scraped, other)).hasValue(4);
		assertThat(sum(Metric.THREADS_LIVE)).isEmpty();
	}

	private static OptionalDouble sum(Metric metric, PrometheusText... scrapes) {
		return ScrapedMetric.LANE.stream()
			.filter((candidate) -> candidate.metric() == metric)
			.findFirst()
			.orElseThrow()
			.sum(List.of(scrapes));
	}

	private @Nullable Double read(Metric metric) {
		return ScrapedMetric.LANE.stream()
			.filter((candidate) -> candidate.metric() == metric)
			.findFirst()
			.map((candidate) -> candidate.read(this.scraped))
			.filter((value) -> value.isPresent())
			.map((value) -> value.getAsDouble())
			.orElse(null);
	}

}
