package dev.threelanes.report.validity;

import java.util.List;

/**
 * All rules. A new one is a class and a line here.
 */
public final class Rules {

	private static final List<Rule> ALL = List.of(new RunnerSawNoProblem(), new LaneIsWhatItSays(), new LaneSurvived(),
			new OfferedLoadAchieved(), new StartsOnTime(), new GeneratorHadProcessor(), new GeneratorKeptTime(),
			new GeneratorCollectedLittle(), new EveryRequestAccountedFor(), new EveryoneWaited(), new AnswersCorrect(),
			new DownstreamOnTime(), new DownstreamFailedAsTold(), new MachineKeptItsSpeed(), new LaneWasWarm(),
			new LaneCollectedLittle(), new LittlesLawHolds());

	private static final List<Rule> OF_THE_INSTRUMENT = List.of(new OfferedLoadAchieved(), new StartsOnTime(),
			new GeneratorHadProcessor(), new GeneratorKeptTime(), new GeneratorCollectedLittle(),
			new EveryRequestAccountedFor(), new DownstreamOnTime(), new MachineKeptItsSpeed());

	private static final List<Rule> OF_LIFE = List.of(new LaneSurvived());

	private static final List<RunRule> ACROSS = List.of(new OneLaneAtATime(), new SameConditions(), new SameLimits());

	private Rules() {
	}

	/**
	 * The rules that tell of generator, downstream and machine, and nothing of the lane.
	 * @return the rules
	 */
	public static List<Rule> ofTheInstrument() {
		return OF_THE_INSTRUMENT;
	}

	/**
	 * The rules that only a lane that dies can break. No fault of generator, downstream
	 * or machine excuses that.
	 * @return the rules
	 */
	public static List<Rule> ofLife() {
		return OF_LIFE;
	}

	/**
	 * The rules between cells.
	 * @return the rules
	 */
	public static List<RunRule> across() {
		return ACROSS;
	}

	/**
	 * The rules for each cell by itself, the most telling first.
	 * @return the rules
	 */
	public static List<Rule> all() {
		return ALL;
	}

}
