package dev.threelanes.runner;

import java.util.ArrayList;
import java.util.List;

import dev.threelanes.experiments.Contender;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Settings;
import dev.threelanes.runner.RunPlan.PlannedCell;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a lane must say of itself before it is driven: a comparison of lanes that are not
 * what they are called is worse than none.
 *
 * @param lane the lane that was asked for
 * @param settings the settings that were asked for
 * @param threads T, the pool of request threads that was asked for
 * @param jdk the feature version of the JVM that was asked for, or {@code null} if it is
 * the runner's own
 */
record LaneClaim(Lane lane, Settings settings, int threads, @Nullable Integer jdk) {

	LaneClaim(Lane lane, Settings settings, int threads) {
		this(lane, settings, threads, null);
	}

	static LaneClaim of(Contender contender, PlannedCell cell) {
		return new LaneClaim(contender.lane(), cell.settings(), cell.parameters().threads(), contender.setup().jdk());
	}

	/**
	 * Holds the claim against the evidence.
	 * @param whoami the answer of {@code /api/whoami}, if there was one
	 * @throws RunFailure if the lane is another than it claims to be
	 */
	void requireProvenBy(@Nullable JsonNode whoami) {
		List<String> doubts = (whoami != null) ? doubts(whoami) : List.of("whoami does not answer");
		if (!doubts.isEmpty()) {
			throw new RunFailure(
					"%s is not the lane it claims to be: %s".formatted(this.lane.id(), String.join("; ", doubts)));
		}
	}

	private List<String> doubts(JsonNode whoami) {
		List<String> doubts = new ArrayList<>();
		expect(doubts, whoami, "lane", this.lane.id());
		expect(doubts, whoami, "server", this.lane.server());
		expect(doubts, whoami, "virtual", Boolean.toString(this.lane.virtual()));
		expect(doubts, whoami, "settings", this.settings.id());
		if (this.lane.threadBound() && this.settings == Settings.ALIGNED) {
			expect(doubts, whoami.path("limits"), "serverThreads", Integer.toString(this.threads));
		}
		String version = whoami.path("jdk").asString("nothing");
		if (this.jdk != null && !version.matches(this.jdk + "\\b.*")) {
			doubts.add("whoami says jdk: %s where %d was asked for".formatted(version, this.jdk));
		}
		return doubts;
	}

	private static void expect(List<String> doubts, JsonNode whoami, String field, String expected) {
		String found = whoami.path(field).asString("nothing");
		if (!expected.equals(found)) {
			doubts.add("whoami says %s: %s where %s was asked for".formatted(field, found, expected));
		}
	}

}
