package dev.threelanes.report.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleFunction;

import dev.threelanes.report.capacity.CapacitySearch.Next;
import dev.threelanes.report.capacity.Probe.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CapacitySearchTests {

	private final List<Probe> probes = new ArrayList<>();

	@Test
	void risesBracketsBisectsAndConfirms() {
		Next.Found found = search(new CapacitySearch(200, 3000),
				(rps) -> (rps <= 399) ? Outcome.MEETS : Outcome.BREAKS);
		double low = Objects.requireNonNull(found.lowRps());
		double high = Objects.requireNonNull(found.highRps());
		assertThat(this.probes).extracting(Probe::offeredRps).startsWith(200.0, 400.0);
		assertThat(found.confirmed()).isTrue();
		assertThat(low).isBetween(380.0, 399.0);
		assertThat(high).isBetween(399.0, 419.0);
		assertThat(high / low).isLessThanOrEqualTo(CapacitySearch.RESOLUTION);
		assertThat(this.probes).filteredOn((probe) -> probe.offeredRps() == low).hasSize(2);
	}

	@Test
	void endsAtTheGeneratorsLimit() {
		Next.Found found = search(new CapacitySearch(200, 1500), (rps) -> Outcome.MEETS);
		assertThat(found).isEqualTo(new Next.Found(1500.0, null, true, null));
	}

	@Test
	void goesBelowAFirstRateThatIsTooHigh() {
		Next.Found found = search(new CapacitySearch(200, 3000), (rps) -> (rps <= 30) ? Outcome.MEETS : Outcome.BREAKS);
		assertThat(found.lowRps()).isBetween(28.0, 30.0);
	}

	@Test
	void saysSoWhereNothingMeetsTheObjective() {
		Next.Found found = search(new CapacitySearch(200, 3000), (rps) -> Outcome.BREAKS);
		assertThat(found.lowRps()).isNull();
		assertThat(found.confirmed()).isFalse();
		assertThat(found.why()).isEqualTo("even the lowest rate breaks the objective");
	}

	@Test
	void aRateThatMetOnceAndBrokeOnceIsBroken() {
		Next.Found found = search(new CapacitySearch(100, 100),
				(rps) -> (rps == 100 && this.probes.size() == 1) ? Outcome.BREAKS : Outcome.MEETS);
		assertThat(found.lowRps()).isLessThan(100.0);
		assertThat(found.highRps()).isEqualTo(100.0);
	}

	@Test
	void anInvalidProbeIsRepeatedOnceAndThenEndsTheSearch() {
		Next.Found found = search(new CapacitySearch(200, 3000),
				(rps) -> (rps <= 400) ? Outcome.MEETS : Outcome.INVALID);
		assertThat(this.probes).extracting(Probe::offeredRps).containsExactly(200.0, 400.0, 800.0, 800.0);
		assertThat(found).isEqualTo(new Next.Found(400.0, null, false, "at 800 a second: it rained"));
	}

	@Test
	void aSearchNeedsRoom() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CapacitySearch(0, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new CapacitySearch(2, 1));
	}

	private Next.Found search(CapacitySearch search, DoubleFunction<Outcome> lane) {
		while (true) {
			switch (search.next(this.probes)) {
				case Next.Found found -> {
					return found;
				}
				case Next.Try probe -> {
					Outcome outcome = lane.apply(probe.offeredRps());
					this.probes.add(new Probe(probe.offeredRps(), outcome, 500.0, 100, 0,
							(outcome == Outcome.INVALID) ? List.of("it rained") : List.of()));
				}
			}
			assertThat(this.probes).hasSizeLessThan(50);
		}
	}

}
