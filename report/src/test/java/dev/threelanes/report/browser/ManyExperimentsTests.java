package dev.threelanes.report.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Contender;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Load;
import dev.threelanes.report.Report;
import dev.threelanes.report.simulation.SimulatedCell;
import dev.threelanes.report.simulation.SimulatedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ManyExperimentsTests {

	private static final int ATTEMPTS = 3;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void aPageOfTheWholeCatalogueCanBeUsedWithinASecond() throws Exception {
		try (Chromium chromium = Chromium.start()) {
			SimulatedRun run = new SimulatedRun(this.folder);
			List<Experiment> experiments = Catalogue.experiments()
				.stream()
				.filter(ManyExperimentsTests::canBeSimulated)
				.toList();
			for (Experiment experiment : experiments) {
				for (Contender contender : experiment.contenders()) {
					run.add(SimulatedCell.of(experiment.id(), contender.id(), contender.lane(), 1));
				}
			}
			Report.write(run.write());
			Path page = this.folder.resolve("index.html");
			List<Double> millis = new ArrayList<>();
			for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
				try (OpenPage open = OpenPage.of(chromium.browser(), page)) {
					// By the page's own clock, from the beginning of its loading until
					// every
					// script has run and the first charts have answered a click.
					millis.add(((Number) open.page().evaluate("""
							async () => {
								const loaded = performance.getEntriesByType('navigation')[0].loadEventEnd;
								const asked = performance.now();
								document.querySelector('.switches button').click();
								await new Promise((resolve) => requestAnimationFrame(resolve));
								return loaded + performance.now() - asked;
							}""")).doubleValue());
					assertThat(open.page().locator("section.experiment").count()).isEqualTo(experiments.size());
					assertThat(open.problems()).isEmpty();
				}
			}
			assertThat(millis).as("%d bytes", Files.size(page)).anySatisfy((one) -> assertThat(one).isLessThan(1000));
		}
	}

	private static boolean canBeSimulated(Experiment experiment) {
		return experiment.load() instanceof Load.Rising || experiment.load() instanceof Load.Variants
				|| experiment.load() instanceof Load.Bursts;
	}

}
