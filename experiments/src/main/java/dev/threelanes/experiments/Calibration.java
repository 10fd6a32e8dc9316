package dev.threelanes.experiments;

import java.util.List;

/**
 * How far can the generator be believed on this machine? A load that rises far beyond
 * that of any lane goes straight to the downstream. It answers no question about lanes,
 * so that the catalogue does not list it.
 */
public final class Calibration {

	/** The name by which the generator knows it. */
	public static final String ID = "calibration";

	private Calibration() {
	}

	static Experiment declare() {
		return Declaration
			.of(Theme.METHOD, ID, "How far can the generator be believed on this machine?",
					"Every measurement needs one")
			.contenders()
			.asking((parameters) -> Request.downstream(parameters.delayMs()))
			.under(new Load.Rising(List.of(0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0), 1))
			// T/D is 1,000 a second here; no pool of threads is in the way.
			.with(new Parameters(100, 100))
			.declare();
	}

}
