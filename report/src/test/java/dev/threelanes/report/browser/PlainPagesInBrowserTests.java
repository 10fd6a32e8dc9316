package dev.threelanes.report.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.options.ColorScheme;
import dev.threelanes.report.ComparisonReport;
import dev.threelanes.report.Differences;
import dev.threelanes.report.Report;
import dev.threelanes.report.RunIndex;
import dev.threelanes.report.simulation.SimulatedRun;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlainPagesInBrowserTests {

	private static @Nullable Chromium chromium;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private static Path folder;

	@BeforeAll
	static void makeThePages() throws IOException {
		chromium = Chromium.start();
		Path before = SimulatedRun.healthy(folder.resolve("before"), "low-load", 3).write();
		Path after = SimulatedRun.healthy(folder.resolve("after"), "low-load", 3).write();
		Report.write(before);
		Report.write(after);
		Files.createDirectories(folder.resolve("broken"));
		Files.writeString(folder.resolve("broken/manifest.json"), "{");
		RunIndex.write(folder);
		ComparisonReport.write(before, after, Differences.between(before, after), folder.resolve("comparison.html"));
	}

	@AfterAll
	static void stop() {
		if (chromium != null) {
			chromium.close();
		}
	}

	private static OpenPage open(String page, int width, ColorScheme scheme) {
		if (chromium == null) {
			throw new IllegalStateException("There is no browser");
		}
		return OpenPage.of(chromium.browser(), folder.resolve(page), width, scheme);
	}

	@ParameterizedTest
	@CsvSource({ "index.html, 1280, LIGHT", "index.html, 390, DARK", "comparison.html, 1280, DARK",
			"comparison.html, 390, LIGHT" })
	void canBeReadByEverybody(String page, int width, ColorScheme scheme) {
		try (OpenPage open = open(page, width, scheme)) {
			List<Rule> violations = new AxeBuilder(open.page()).analyze().getViolations();
			assertThat(violations).extracting(Rule::getId).isEmpty();
			assertThat(((Number) open.page().evaluate("() => document.documentElement.scrollWidth")).intValue())
				.isLessThanOrEqualTo(width);
			assertThat(open.problems()).isEmpty();
		}
	}

	@Test
	void theIndexLeadsToThePageOfEachRun() {
		try (OpenPage open = open("index.html", 1280, ColorScheme.LIGHT)) {
			assertThat(open.page().locator("main h2 a").count()).isEqualTo(2);
			open.page().locator("main h2 a").first().click();
			assertThat(open.page().locator("section.experiment h2").textContent())
				.isEqualTo("Is async any faster when nobody queues?");
			assertThat(open.problems()).isEmpty();
		}
	}

}
