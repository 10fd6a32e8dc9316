package dev.threelanes.report.page;

import java.util.ArrayList;
import java.util.List;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.chart.Peak;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import org.jspecify.annotations.Nullable;

/**
 * What Actuator's thread metrics showed on each lane at the height of its load, what that
 * means, and how to ask a running lane the same.
 *
 * @param why why one lane alone fell behind, in a sentence; absent unless it is the
 * thread pool
 * @param chapters a chapter for each lane of the project that showed something
 */
public record ThreadStory(@Nullable String why, List<Chapter> chapters) {

	/**
	 * A pool of which this share is busy is full: a sample meets few at the same time.
	 */
	private static final double FULL = 0.98;

	/** Actuator's port on the first lane, unless the run was given another. */
	private static final int MANAGEMENT_PORT = 9081;

	public ThreadStory {
		chapters = List.copyOf(chapters);
	}

	static ThreadStory of(List<Peak> peaks) {
		List<Chapter> chapters = new ArrayList<>();
		for (Peak peak : peaks) {
			Lane lane = peak.known();
			if (lane != null && peak.value(Metric.IN_FLIGHT) != null) {
				chapters.add(new Chapter(peak.mark(), peak.title(), peak.step().name(), text(lane, peak),
						readings(lane, peak)));
			}
		}
		return new ThreadStory(why(peaks), chapters);
	}

	private static @Nullable String why(List<Peak> peaks) {
		List<Peak> full = peaks.stream().filter(ThreadStory::full).toList();
		if (full.size() != 1) {
			return null;
		}
		Peak peak = full.getFirst();
		Double offered = peak.step().offeredRps();
		Double cap = peak.capRps();
		if (offered == null || cap == null || offered <= cap) {
			return null;
		}
		return "Past %s requests a second the thread pool of %s is full: %s of its %s threads held a request, and whoever came next waited for one."
			.formatted(Format.rate(cap), peak.title(), Format.number(peak.value(Metric.TOMCAT_BUSY), 0),
					Format.number(peak.value(Metric.TOMCAT_MAX), 0));
	}

	private static String text(Lane lane, Peak peak) {
		String held = requests(peak);
		return switch (lane) {
			case MVC -> {
				Double busy = peak.value(Metric.TOMCAT_BUSY);
				String threads = (busy != null) ? "%s threads of Tomcat".formatted(Format.number(busy, 0))
						: "as many threads of Tomcat";
				yield full(peak)
						? "%s, each in a thread of its own, and %s are all there are: whoever comes next waits outside, where no metric of the lane counts them."
							.formatted(held, threads)
						: "%s in %s: each holds its thread while it waits, and some were still free.".formatted(held,
								threads);
			}
			case WEBFLUX -> "%s, with %s live platform threads in the whole process: a request that waits holds none."
				.formatted(held, Format.number(peak.value(Metric.THREADS_LIVE), 0));
			case LOOM ->
				"%s, each in a virtual thread, carried by %s platform threads: one that waits is taken off its carrier, and then no metric counts it."
					.formatted(held, Format.number(peak.value(Metric.VIRTUAL_CARRIERS), 0));
		};
	}

	private static String requests(Peak peak) {
		Double count = peak.value(Metric.IN_FLIGHT);
		return "%s %s in flight".formatted(Format.number(count, 0),
				(count != null && count == 1) ? "request" : "requests");
	}

	private static boolean full(Peak peak) {
		Double busy = peak.value(Metric.TOMCAT_BUSY);
		Double most = peak.value(Metric.TOMCAT_MAX);
		return busy != null && most != null && busy >= FULL * most;
	}

	private static List<Reading> readings(Lane lane, Peak peak) {
		List<Reading> readings = new ArrayList<>();
		switch (lane) {
			case MVC -> {
				readings.add(reading(lane, "tomcat.threads.busy", peak.value(Metric.TOMCAT_BUSY),
						"threads of the pool that hold a request"));
				readings.add(reading(lane, "tomcat.threads.config.max", peak.value(Metric.TOMCAT_MAX),
						"as many as there may be"));
			}
			case WEBFLUX -> {
				// Its server has no pool of request threads, and no metric of one.
			}
			case LOOM -> {
				readings.add(reading(lane, "jvm.threads.virtual.pool.size", peak.value(Metric.VIRTUAL_CARRIERS),
						"platform threads that carry the virtual ones"));
				readings.add(reading(lane, "jvm.threads.virtual.live?tag=scheduling.status:mounted",
						peak.value(Metric.VIRTUAL_MOUNTED), "virtual threads on a carrier: those that compute"));
				readings.add(reading(lane, "jvm.threads.virtual.live?tag=scheduling.status:queued",
						peak.value(Metric.VIRTUAL_QUEUED), "virtual threads that could run and wait for a carrier"));
			}
		}
		readings.add(reading(lane, "jvm.threads.live", peak.value(Metric.THREADS_LIVE),
				"platform threads of the whole process"));
		readings.add(reading(lane, "http.server.requests.active", peak.value(Metric.IN_FLIGHT),
				"requests that the lane has begun and not yet answered"));
		return readings;
	}

	private static Reading reading(Lane lane, String metric, @Nullable Double value, String meaning) {
		return new Reading(metric.replaceFirst("\\?.*:(.*)", " ($1)"), Format.number(value, 0), meaning,
				"curl -s '127.0.0.1:%s/actuator/metrics/%s'".formatted(MANAGEMENT_PORT + lane.ordinal(), metric));
	}

	/**
	 * What the metrics of one lane showed.
	 *
	 * @param mark the lane's mark
	 * @param title its name for people
	 * @param step the step at which
	 * @param text the story in a sentence
	 * @param readings the metrics one by one
	 */
	public record Chapter(LaneMark mark, String title, String step, String text, List<Reading> readings) {

		public Chapter {
			readings = List.copyOf(readings);
		}

	}

	/**
	 * One metric.
	 *
	 * @param metric its name in Actuator
	 * @param value what it showed
	 * @param meaning what it counts
	 * @param query how a reader can ask a running lane
	 */
	public record Reading(String metric, String value, String meaning, String query) {
	}

}
