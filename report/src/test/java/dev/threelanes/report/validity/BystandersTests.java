package dev.threelanes.report.validity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.Metric;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.cell.Sample;
import dev.threelanes.report.cell.Samples;
import dev.threelanes.report.simulation.SimulatedCell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the rules make of lanes that stand beside the measured one.
 */
class BystandersTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@SuppressWarnings("NullAway.Init")
	private LoadedCell alone;

	@BeforeEach
	void simulate() throws Exception {
		this.alone = SimulatedCell.of("slow-call", Lane.WEBFLUX, 1).load(new RunFiles(this.folder));
	}

	@Test
	void aLaneWithNobodyBesideItBreaksNoRule() {
		assertThat(check(this.alone)).isEmpty();
	}

	@Test
	void lanesThatWereIdleBesideItBreakNoRule() {
		assertThat(check(beside(0, 0.049))).isEmpty();
	}

	@Test
	void aSingleRequestToAnotherLaneIsNoticed() {
		assertThat(check(beside(1, 0.001))).singleElement()
			.asString()
			.contains("Lanes that stood beside it handled 1 requests meanwhile");
	}

	@Test
	void anotherLaneThatWorksForItselfIsNoticed() {
		assertThat(check(beside(0, 0.051))).singleElement()
			.asString()
			.contains("took 5.1 % of a processor; less than 5 % are allowed");
	}

	private static List<Reason> check(LoadedCell cell) {
		return new OneLaneAtATime().check(List.of(cell)).values().stream().flatMap(Collection::stream).toList();
	}

	// With lanes beside it that handle so many requests in all and use so much of a
	// processor.
	private LoadedCell beside(int requests, double processors) {
		List<Sample> before = this.alone.samples().samples();
		long began = before.getFirst().epochMillis();
		List<Sample> samples = new ArrayList<>();
		for (Sample sample : before) {
			Map<Metric, Double> values = new EnumMap<>(sample.values());
			values.put(Metric.BYSTANDERS_CPU_MILLIS, 9000 + processors * (sample.epochMillis() - began));
			values.put(Metric.BYSTANDERS_COUNT, (double) ((sample.epochMillis() > began) ? 2 + requests : 2));
			samples.add(new Sample(sample.epochMillis(), values));
		}
		return new LoadedCell(this.alone.cell(), this.alone.experiment(), this.alone.parameters(),
				this.alone.warmedUp(), this.alone.steps(), new Samples(samples));
	}

}
