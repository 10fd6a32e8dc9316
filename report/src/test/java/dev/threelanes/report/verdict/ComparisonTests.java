package dev.threelanes.report.verdict;

import java.util.List;

import dev.threelanes.experiments.Band;
import dev.threelanes.experiments.Prediction.Side;
import dev.threelanes.report.results.PredictionResult.Check;
import dev.threelanes.report.results.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ComparisonTests {

	private final Comparison comparison = new Comparison("mvc", null, "any step", Band.relative(0.02), 0);

	@Test
	void oneForkConfirmsNothingAndRefutesNothing() {
		assertThat(this.comparison.withValue(400, List.of(401.0)))
			.satisfies((check) -> is(check, Verdict.INCONCLUSIVE, "in the predicted band (one fork)"));
		assertThat(this.comparison.withValue(400, List.of(300.0)))
			.satisfies((check) -> is(check, Verdict.INCONCLUSIVE, "outside the predicted band (one fork)"));
		assertThat(this.comparison.withValue(400, List.of(300.0, 300.0)))
			.satisfies((check) -> is(check, Verdict.INCONCLUSIVE, "outside the predicted band (2 forks)"));
	}

	@Test
	void anIntervalInsideTheBandConfirms() {
		Check check = this.comparison.withValue(400, List.of(399.0, 400.0, 401.0));
		is(check, Verdict.CONFIRMED, "inside the predicted band");
		assertThat(check.low()).isGreaterThan(392);
		assertThat(check.high()).isLessThan(408);
	}

	@Test
	void anIntervalOutsideTheBandRefutes() {
		is(this.comparison.withValue(400, List.of(419.0, 420.0, 421.0)), Verdict.REFUTED, "outside the predicted band");
		is(this.comparison.withValue(400, List.of(379.0, 380.0, 381.0)), Verdict.REFUTED, "outside the predicted band");
	}

	@Test
	void anIntervalAcrossTheEdgeIsInconclusive() {
		is(this.comparison.withValue(400, List.of(401.0, 408.0, 413.0)), Verdict.INCONCLUSIVE,
				"the interval over forks crosses the edge of the predicted band");
		is(this.comparison.withValue(400, List.of(300.0, 400.0, 500.0)), Verdict.INCONCLUSIVE,
				"the interval over forks crosses the edge of the predicted band");
	}

	@Test
	void beyondALimitEverythingIsAsGoodAsTheLimit() {
		is(this.comparison.withLimit(Side.AT_LEAST, 100, List.of(900.0, 990.0, 1100.0)), Verdict.CONFIRMED,
				"inside the predicted band");
		is(this.comparison.withLimit(Side.AT_LEAST, 100, List.of(98.9, 99.0, 99.1)), Verdict.CONFIRMED,
				"inside the predicted band");
		is(this.comparison.withLimit(Side.AT_MOST, 100, List.of(3.0, 4.0, 5.0)), Verdict.CONFIRMED,
				"inside the predicted band");
		Check check = this.comparison.withLimit(Side.AT_MOST, 100, List.of(3.0));
		is(check, Verdict.INCONCLUSIVE, "in the predicted band (one fork)");
		assertThat(check.limit()).isEqualTo("at most");
		assertThat(check.insideBand()).isTrue();
	}

	@Test
	void onTheWrongSideOfALimitAMeasurementRefutes() {
		is(this.comparison.withLimit(Side.AT_LEAST, 100, List.of(79.0, 80.0, 81.0)), Verdict.REFUTED,
				"outside the predicted band");
		is(this.comparison.withLimit(Side.AT_MOST, 100, List.of(119.0, 120.0, 121.0)), Verdict.REFUTED,
				"outside the predicted band");
		is(this.comparison.withLimit(Side.AT_LEAST, 100, List.of(60.0, 110.0, 160.0)), Verdict.INCONCLUSIVE,
				"the interval over forks crosses the edge of the predicted band");
		Check check = this.comparison.withLimit(Side.AT_LEAST, 100, List.of(80.0));
		is(check, Verdict.INCONCLUSIVE, "outside the predicted band (one fork)");
		assertThat(check.insideBand()).isFalse();
		is(this.comparison.withLimit(Side.AT_LEAST, 100, List.of()), Verdict.INVALID, "it was not measured");
	}

	@Test
	void whatWasNotMeasuredIsInvalid() {
		is(this.comparison.withValue(400, List.of()), Verdict.INVALID, "it was not measured");
		is(this.comparison.withOther(null, List.of(400.0), List.of()), Verdict.INVALID, "it was not measured");
	}

	@Test
	void lanesAreEquivalentWhenTheirDifferenceLiesInTheBand() {
		Comparison pair = new Comparison("mvc", "loom", "any step", new Band(0, 2), 0);
		is(pair.withOther(null, List.of(500.9, 501.0, 501.1), List.of(500.4, 500.5, 500.6)), Verdict.CONFIRMED,
				"inside the predicted band");
		is(pair.withOther(null, List.of(505.9, 506.0, 506.1), List.of(500.4, 500.5, 500.6)), Verdict.REFUTED,
				"outside the predicted band");
		// No difference was found, but one could hide in the noise: not equivalent.
		is(pair.withOther(null, List.of(495.0, 501.0, 507.0), List.of(495.0, 501.0, 507.0)), Verdict.INCONCLUSIVE,
				"the interval over forks crosses the edge of the predicted band");
		is(pair.withOther(null, List.of(501.0), List.of(502.0)), Verdict.INCONCLUSIVE,
				"in the predicted band (one fork)");
	}

	@Test
	void whoeverShouldBeBestMayBeBetterByAnyAmount() {
		Comparison best = new Comparison("mvc", "mvc-jdk", "step", new Band(0.1, 0), 0);
		is(best.withOther(Side.AT_MOST, List.of(0.3, 0.31, 0.32), List.of(0.6, 0.61, 0.62)), Verdict.CONFIRMED,
				"inside the predicted band");
		is(best.withOther(Side.AT_MOST, List.of(0.6, 0.61, 0.62), List.of(0.3, 0.31, 0.32)), Verdict.REFUTED,
				"outside the predicted band");
		is(best.withOther(Side.AT_MOST, List.of(0.3, 0.6, 0.9), List.of(0.6, 0.61, 0.62)), Verdict.INCONCLUSIVE,
				"the interval over forks crosses the edge of the predicted band");
		is(best.withOther(Side.AT_MOST, List.of(0.3), List.of(0.6)), Verdict.INCONCLUSIVE,
				"in the predicted band (one fork)");
		assertThat(best.withOther(Side.AT_MOST, List.of(0.3), List.of(0.6)).insideBand()).isTrue();
		assertThat(best.withOther(Side.AT_MOST, List.of(0.6), List.of(0.3)).insideBand()).isFalse();
	}

	@Test
	void whatIsInvalidOutweighsWhatIsRefutedAndThatWhatIsConfirmed() {
		assertThat(Judge.together(List.of(Verdict.CONFIRMED, Verdict.REFUTED, Verdict.INVALID)))
			.isEqualTo(Verdict.INVALID);
		assertThat(Judge.together(List.of(Verdict.CONFIRMED, Verdict.INCONCLUSIVE, Verdict.REFUTED)))
			.isEqualTo(Verdict.REFUTED);
		assertThat(Judge.together(List.of(Verdict.CONFIRMED, Verdict.INCONCLUSIVE))).isEqualTo(Verdict.INCONCLUSIVE);
		assertThat(Judge.together(List.of(Verdict.CONFIRMED, Verdict.CONFIRMED))).isEqualTo(Verdict.CONFIRMED);
		assertThat(Judge.together(List.of())).isEqualTo(Verdict.INCONCLUSIVE);
	}

	private static void is(Check check, Verdict verdict, String finding) {
		assertThat(check.verdict()).isEqualTo(verdict);
		assertThat(check.finding()).isEqualTo(finding);
	}

	@Test
	void noBandIsNarrowerThanOneAnswerInTheWindow() {
		Comparison counted = new Comparison("mvc", null, "any step", Band.relative(0.02), 0.4);
		assertThat(counted.withValue(10, List.of(10.4)).finding()).isEqualTo("in the predicted band (one fork)");
		assertThat(counted.withValue(10, List.of(10.41)).finding()).isEqualTo("outside the predicted band (one fork)");
	}

}
