package dev.threelanes.report.validity;

import java.util.List;

/**
 * All rules. A new one is a class and a line here.
 */
public final class Rules {

	private static final List<Rule> ALL = List.of(new RunnerSawNoProblem(), new LaneIsWhatItSays(), new LaneSurvived(),
			new OfferedLoadAchieved(), new StartsOnTime(), new EveryRequestAccountedFor(), new AnswersCorrect(),
			new DownstreamOnTime());

	private Rules() {
	}

	/**
	 * All rules, the most telling first.
	 * @return the rules
	 */
	public static List<Rule> all() {
		return ALL;
	}

}
